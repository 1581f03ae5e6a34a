"""What the review refuses beyond the common kinds."""

from collections.abc import Sequence

from roadmap.errors import Conflict, NotAllowed
from roadmap.history.models import Changeset
from roadmap.people.models import Person
from roadmap.review.models import Submission
from roadmap.text.words import N_


class OwnWork(NotAllowed):
    """A positive verdict by somebody who submitted or drafted; names what they did and who else may decide."""

    def __init__(
        self, acts: Sequence[Changeset], named: str, others: Sequence[Person], who_can: Sequence[str]
    ) -> None:
        """Keep the acts and the persons for the page."""
        names = ", ".join(other.name for other in others)
        if others:
            sentence = N_(
                "Anda ikut menyusun rancangan ini (%(acts)s), jadi yang meloloskannya orang lain: %(others)s. "
                "Mengembalikannya tetap dapat Anda lakukan."
            )
        else:
            sentence = N_(
                "Anda ikut menyusun rancangan ini (%(acts)s), jadi yang meloloskannya orang lain. Belum ada; "
                "minta admin daerah menambahkannya. Mengembalikannya tetap dapat Anda lakukan."
            )
        super().__init__(sentence, who_can=who_can, acts=named, others=names)
        self.acts = tuple(acts)
        self.others = tuple(others)


class AlreadySubmitted(Conflict):
    """Something waits for its verdict already."""


class AlreadyDecided(Conflict):
    """The submission has its verdict, or was taken back."""


class NoLongerSubmitted(Conflict):
    """What the form speaks of is no longer what is submitted; `current` is, where anything is."""

    def __init__(self, current: Submission | None) -> None:
        """Keep what is submitted now."""
        super().__init__(
            N_(
                "Rancangan yang Anda baca bukan lagi yang diajukan. Belum ada yang diputuskan; baca dulu yang baru."
            )
        )
        self.current = current


class NothingToAdopt(Conflict):
    """The edition is adopted already, or a newer one has taken its place."""
