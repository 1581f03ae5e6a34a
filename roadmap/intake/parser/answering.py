"""The conversation of the reading process: what it is asked, its one answer, and what that took."""

import json
from pathlib import Path
from typing import BinaryIO

from roadmap.intake.parser import confinement
from roadmap.intake.parser.faults import Fault, Refused
from roadmap.intake.parser.reading import read


def answer(parent: int, incoming: BinaryIO, outgoing: BinaryIO) -> None:
    """Read one file from the input and write what it holds, or why it is refused.

    Side effects in order: memory and time are limited, all doors are closed, the file is read, the answer is written.
    """
    confinement.bind(parent)
    gauge = confinement.Gauge()
    confinement.seal()
    asked = json.loads(incoming.readline())
    try:
        pile = read(incoming.read(), str(asked["name"]), is_paste=bool(asked["is_paste"]))
        outgoing.writelines(piece.encode("ascii") for piece in pile.as_json())
    except Refused as refused:
        _refuse(outgoing, refused.fault, refused.values)
    except (MemoryError, RecursionError):
        _refuse(outgoing, Fault.TOO_LONG)
    except Exception as problem:  # noqa: BLE001 - whatever a made file comes upon, people get a sentence
        _refuse(outgoing, Fault.BROKEN, note=_place_of(problem))
    outgoing.write(b"\n%d" % gauge.peak_kb())
    outgoing.flush()


def _refuse(outgoing: BinaryIO, fault: Fault, values: dict[str, str] | None = None, note: str = "") -> None:
    outgoing.write(json.dumps({"fault": fault.name, "values": values or {}, "note": note}).encode("ascii"))


def _place_of(problem: Exception) -> str:
    """Tell where it happened, without a word of the file."""
    step, at = problem.__traceback__, ""
    while step is not None:
        at = f"{Path(step.tb_frame.f_code.co_filename).name}:{step.tb_lineno}"
        step = step.tb_next
    return f"{type(problem).__name__} at {at}"
