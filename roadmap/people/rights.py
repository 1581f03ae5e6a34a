"""The table of rights in words, for the help page: read from the one table there is."""

from collections.abc import Mapping

from flask import render_template

from roadmap.people.roles import Act, who_may
from roadmap.people.words import ROLE_NAMES
from roadmap.text.words import N_

ACT_NAMES: Mapping[Act, str] = {
    Act.SEE: N_("Melihat rancangan dan riwayatnya"),
    Act.CREATE_ROADMAP: N_("Membuat peta jalan baru"),
    Act.EDIT: N_("Menulis, memindahkan, menghapus, dan memulihkan bagian peta jalan"),
    Act.EDIT_OWN_OFFICE: N_("Menyunting rencana aksi kantornya sendiri dan indikatornya"),
    Act.COMMENT: N_("Berkomentar"),
    Act.RESOLVE: N_("Menandai percakapan selesai"),
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


def rights_table() -> str:
    """Render who may do what: one row for each act, with the roles that hold it."""
    rows = [
        (words, [ROLE_NAMES[role] for role in who_may(act)])
        for act, words in ACT_NAMES.items()
        if who_may(act)
    ]
    return render_template("people/_rights.html", rows=rows)
