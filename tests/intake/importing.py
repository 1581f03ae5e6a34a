"""Workers of their own, which do the step of a table that is due; one of them after the other is killed meanwhile.

`python -m tests.intake.importing <database> <instance>` takes the number of an intake on each line, starts a
process for it and names its number; once that has ended, it says so.
"""

import os
import sys
from pathlib import Path


def main(url: str, instance: str) -> None:
    """Start a process for each intake that is named; nothing is shared with it but what was imported."""
    from sqlalchemy.orm import configure_mappers

    from roadmap import create_app
    from roadmap.config import Config
    from roadmap.intake import running

    app = create_app(Config.for_tests(url, Path(instance)))
    configure_mappers()
    for line in sys.stdin:
        process = os.fork()
        if not process:
            with app.app_context():
                running.carry_on(int(line))
            os._exit(0)
        _say(str(process))
        os.waitpid(process, 0)
        _say("ended")


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
