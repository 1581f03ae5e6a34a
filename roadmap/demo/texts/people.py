"""The people of the demo city: nobody by these names lives anywhere."""

from dataclasses import dataclass

from roadmap.people.roles import Role

PASSWORD = "peta-jalan-demo"  # noqa: S105 - it stands in the README, for a town that does not exist


@dataclass(frozen=True)
class Somebody:
    """One demo person with the one role they hold."""

    key: str
    name: str
    role: Role
    region: str = "city"
    office: str | None = None

    @property
    def email(self) -> str:
        """An address that can never be delivered to."""
        return f"{self.key}@contoh.example"


PEOPLE = (
    Somebody("rina", "Rina Wulandari", Role.DRAFTER, office="bappeda"),
    Somebody("adi", "Adi Nugroho", Role.DRAFTER, office="bappeda"),
    Somebody("sari", "Sari Lestari", Role.OPERATOR, office="kominfo"),
    Somebody("yusuf", "Yusuf Hidayat", Role.PARTNER, office="himpunan"),
    Somebody("maria", "Maria Tambunan", Role.MENTOR, office="komnas"),
    Somebody("hendra", "Hendra Saputra", Role.VERIFIER, office="hukum"),
    Somebody("ratna", "Ratna Kusumawardani", Role.LEADER),
    Somebody("bagus", "Bagus Prakoso", Role.LEADER_STAFF),
    Somebody("tini", "Tini Rahmawati", Role.ADMIN, office="bappeda"),
    Somebody("lukas", "Lukas Manurung", Role.DRAFTER, "neighbour", "bapperida"),
)
