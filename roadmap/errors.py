"""The kinds of refusal every room builds on; `web/errors.py` turns each into a status and a page.

Messages are sentences for people in Indonesian; they are message ids of the catalogues.
"""

from collections.abc import Mapping, Sequence


class Refusal(Exception):
    """An act that is not done; `sentence` says why, `values` fill its %(name)s places."""

    # Why the words of the form did not go in, where the status does not tell it.
    cause = ""
    # What the page of the refusal is headed by, where the status does not say enough.
    heading = ""
    # Where that is which the same form brought in before.
    address = ""

    def __init__(self, sentence: str = "", **values: object) -> None:
        """Keep the sentence untranslated, so that it is read in the reader's language."""
        super().__init__(sentence)
        self.sentence = sentence
        self.values: Mapping[str, object] = values
        # What was asked of the gate, for whoever explains the refusal.
        self.asked: object = None


class NotThere(Refusal):
    """The thing does not exist, or this person may not know of it (404, same words for both)."""


class NotAllowed(Refusal):
    """The person sees the thing but may not do this to it (403); `who_can` names the roles that may."""

    def __init__(self, sentence: str = "", *, who_can: Sequence[str] = (), **values: object) -> None:
        """Remember who may do it instead."""
        super().__init__(sentence, **values)
        self.who_can = tuple(who_can)


class NotValid(Refusal):
    """What was typed cannot be stored as it is (422); `errors` maps a field's name to its sentence."""

    def __init__(self, errors: Mapping[str, str] | None = None, sentence: str = "", **values: object) -> None:
        """Keep one sentence for each field that cannot be stored."""
        super().__init__(sentence or "Ada isian yang perlu diperbaiki. Tulisan Anda utuh.", **values)
        self.errors: Mapping[str, str] = dict(errors or {})


class Conflict(Refusal):
    """The world has moved on since the person looked (409); nothing was changed."""


class StepNotOpen(Conflict):
    """The roadmap's stage does not admit this act now; `who_can` names whose turn it is."""


class Busy(Refusal):
    """The database could not take the act in time (503); nothing was changed."""


class TooMany(Refusal):
    """The same was asked too often (429); `seconds` says how long to wait."""

    def __init__(self, sentence: str = "", *, seconds: int = 60, **values: object) -> None:
        """Remember how long the person should wait."""
        super().__init__(sentence, **values)
        self.seconds = seconds
