"""What this room refuses beyond the common kinds."""

from roadmap.errors import Conflict, NotValid


class Unreadable(NotValid):
    """A file or a paste that cannot be taken as a table; the sentence says what is wrong and what to do."""

    def __init__(self, sentence: str, **values: object) -> None:
        """Keep the sentence untranslated, with its values."""
        super().__init__({}, sentence, **values)


class NotSettled(Conflict):
    """Something in the table is wrong or asked still; nothing was written."""


class NotNow(Conflict):
    """The table has gone on or has ended: this act is not open for it any more."""
