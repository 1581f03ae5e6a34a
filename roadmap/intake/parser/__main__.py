"""Started by its path; reads one file from the input and answers with one JSON object.

Input: one line of JSON ({"name": …, "is_paste": …}), then the file. Arguments: the parent's process number, then the
folders to import from.
"""

import sys
from pathlib import Path
from types import ModuleType

if __name__ == "__main__":
    sys.path += [folder for folder in sys.argv[2:] if folder not in sys.path]
    if "roadmap" not in sys.modules:
        # Importing `roadmap` itself builds the whole application, which takes longer than reading a file.
        house = ModuleType("roadmap")
        house.__path__ = [str(Path(__file__).resolve().parents[2])]
        sys.modules["roadmap"] = house

    from roadmap.intake.parser.answering import answer

    answer(int(sys.argv[1]), sys.stdin.buffer, sys.stdout.buffer)
