"""The table of rights in words, for the help page: read from the one table there is."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template

from roadmap.people.roles import REGION_ACTS, RIGHTS, Act, Role, Stage, who_may
from roadmap.people.words import ROLE_NAMES
from roadmap.text.words import N_

ACT_NAMES: Mapping[Act, str] = {
    Act.SEE: N_("Melihat rancangan dan riwayatnya"),
    Act.CREATE_ROADMAP: N_("Membuat peta jalan baru"),
    Act.EDIT: N_("Menulis, memindahkan, menghapus, dan memulihkan bagian peta jalan"),
    Act.EDIT_OWN_OFFICE: N_("Menyunting rencana aksi kantornya sendiri dan indikatornya"),
    Act.COMMENT: N_("Berkomentar"),
    Act.RESOLVE: N_("Menandai percakapan selesai; yang membukanya juga boleh"),
    Act.OPEN_CONSULTATION: N_("Membuka masa konsultasi"),
    Act.END_CONSULTATION: N_("Menutup masa konsultasi"),
    Act.SUBMIT: N_("Mengajukan rancangan"),
    Act.WITHDRAW: N_("Menarik kembali rancangan"),
    Act.JUDGE_REVIEW: N_("Menelaah: meloloskan atau mengembalikan"),
    Act.JUDGE_VERIFICATION: N_("Memverifikasi: meloloskan atau mengembalikan"),
    Act.JUDGE_SUBMISSION: N_("Menyetujui atau mengembalikan"),
    Act.RECORD_DECISION: N_("Mencatat keputusan pimpinan yang dibuat di atas kertas"),
    Act.ADOPT: N_("Mencatat peraturan yang menetapkan"),
    Act.IMPLEMENT: N_("Memulai pelaksanaan"),
    Act.CLOSE_TEXT: N_("Menutup tulisan yang memuat data pribadi"),
    Act.MANAGE_PEOPLE: N_("Mengundang orang dan mengatur peran"),
    Act.MANAGE_ORGANISATIONS: N_("Mengatur daftar kantor dan lembaga"),
    Act.MANAGE_VOCABULARY: N_("Mengatur daftar hak dan kelompok"),
    Act.MANAGE_SETTINGS: N_("Mengatur tahapan dan data daerah"),
}


@dataclass(frozen=True)
class RightInWords:
    """One row of the table: an act, the roles that hold it, and the stages at which it can be used."""

    act: Act
    words: str
    roles: tuple[Role, ...]
    stages: tuple[Stage, ...]

    @property
    def is_always_open(self) -> bool:
        """Tell whether no stage limits it."""
        return self.act in REGION_ACTS or len(self.stages) == len(Stage)


def rights_in_words(role: Role | None = None) -> list[RightInWords]:
    """Give every right in the order people ask for them; of one role only, where it is named."""
    return [
        RightInWords(act, words, who_may(act), tuple(stage for stage in Stage if stage in RIGHTS[act].stages))
        for act, words in ACT_NAMES.items()
        if role is None or role in RIGHTS[act].roles
    ]


def rights_table() -> str:
    """Render who may do what: one row for each act, with the roles that hold it."""
    rows = [
        (words, [ROLE_NAMES[role] for role in who_may(act)])
        for act, words in ACT_NAMES.items()
        if who_may(act)
    ]
    return render_template("people/_rights.html", rows=rows)
