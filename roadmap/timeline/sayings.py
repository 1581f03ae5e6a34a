"""What the sentences of acts without items of their own begin with: steps of a round, talk, named moments."""

from roadmap.text.words import N_

# The payload names numbers and uids.
STEPS = {
    "create": N_("%(who)s membuat peta jalan ini."),
    "submit": N_("%(who)s mengajukan Rancangan %(number)s untuk %(desk)s."),
    "send-on": N_("%(who)s meneruskan Rancangan %(number)s untuk %(desk)s."),
    "withdraw": N_("%(who)s menarik kembali Rancangan %(number)s."),
    "open-consultation": N_("%(who)s membuka konsultasi sampai %(until)s."),
    "end-consultation": N_("%(who)s mengakhiri konsultasi."),
    "pass": N_("%(who)s meloloskan Rancangan %(number)s dari %(desk)s."),
    "return": N_("%(who)s mengembalikan Rancangan %(number)s untuk diperbaiki."),
    "approve": N_("%(who)s menyetujui Rancangan %(number)s sebagai Edisi %(edition)s."),
    "adopt": N_("%(who)s mencatat penetapan Edisi %(number)s."),
    "implement": N_("%(who)s memulai pelaksanaan."),
    "finish": N_("%(who)s menyatakan pelaksanaan selesai."),
    "supersede": N_("%(who)s menyatakan peta jalan ini digantikan."),
    "role-given": N_("%(who)s memberi %(person)s peran %(role)s."),
    "role-ended": N_("%(who)s mengakhiri peran %(role)s bagi %(person)s."),
}
STEPS_OTHERWISE = N_("%(who)s mencatat sebuah langkah.")

# What is said in a thread is told to those who read the thread; its words are never in the sentence.
TALK = {
    "open-thread": N_("%(who)s membuka percakapan tentang %(about)s."),
    "reply": N_("%(who)s membalas percakapan tentang %(about)s."),
    "edit-comment": N_("%(who)s menyunting komentar sendiri tentang %(about)s."),
    "resolve": N_("%(who)s menyelesaikan percakapan tentang %(about)s."),
    "reopen": N_("%(who)s membuka lagi percakapan tentang %(about)s."),
    "close-comment": N_("%(who)s menutup isi sebuah komentar tentang %(about)s karena data pribadi."),
    "close-resolution": N_("%(who)s menutup alasan sebuah percakapan tentang %(about)s karena data pribadi."),
    "answer-note": N_("%(who)s menanggapi catatan penelaah pada %(about)s."),
}

PINS = {
    "pin": N_("%(who)s menamai keadaan %(moment)s “%(name)s”."),
    "rename-pin": N_("%(who)s mengganti nama tonggak “%(before)s” menjadi “%(name)s”."),
    "remove-pin": N_("%(who)s melepas nama tonggak “%(name)s”; keadaannya tetap dapat dilihat."),
}

# The stops of the path: steps of a round, and what came from a spreadsheet (see `milestones.py`).
MILESTONES = frozenset(
    {
        "submit",
        "send-on",
        "withdraw",
        "pass",
        "return",
        "approve",
        "adopt",
        "implement",
        "finish",
        "supersede",
    }
)

DESKS = {
    "telaah": N_("telaah"),
    "verifikasi": N_("verifikasi"),
    "pimpinan": N_("persetujuan"),
}
