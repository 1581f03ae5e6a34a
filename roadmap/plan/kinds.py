"""The shape of a plan: each kind's words and fields. Forms, snapshots, diffs, exports and findings read this table.

A field's column is declared in `models.py`; everything else about it once, here: its label, the plain
question shown as help, its type (how it merges, reads and shows), whether a leader approves it (binding) or
it lives on afterwards (status, realisation), and the group of the form it stands in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from roadmap.history.models import Versioned
from roadmap.history.shapes import Shape, tell_shape
from roadmap.plan import models
from roadmap.plan.fields import (
    Choice,
    Codes,
    Evidence,
    FieldType,
    Item,
    Items,
    Line,
    Money,
    Month,
    Number,
    Organisation,
    Organisations,
    Targets,
    Terms,
    Text,
    Year,
)
from roadmap.text.words import N_

MODALITY_KINDS = {
    "regulasi": N_("Regulasi"),
    "kelembagaan": N_("Kelembagaan"),
    "program": N_("Program atau inisiatif"),
    "anggaran": N_("Anggaran"),
    "sdm": N_("Sumber daya manusia"),
    "data": N_("Data dan sistem informasi"),
    "komitmen": N_("Komitmen politik"),
    "jejaring": N_("Jejaring dan OMS"),
    "luar_negeri": N_("Kerja sama luar negeri"),
    "sarana": N_("Sarana"),
    "lainnya": N_("Lainnya"),
}
MODALITY_STATUSES = {
    "berjalan": N_("Berjalan"),
    "tidak_aktif": N_("Tidak aktif"),
    "rencana": N_("Masih rencana"),
}
INDICATOR_KINDS = {"struktur": N_("Struktur"), "proses": N_("Proses"), "hasil": N_("Hasil")}
DIRECTIONS = {"naik": N_("Naik lebih baik"), "turun": N_("Turun lebih baik")}
AGGREGATIONS = {
    "kumulatif": N_("Dijumlahkan setiap tahun"),
    "nilai_akhir": N_("Nilai pada akhir periode"),
    "rata_rata": N_("Rata-rata"),
}
PARTIES = {"pemerintah": N_("Pemerintah"), "oms": N_("Organisasi masyarakat sipil")}
PRIORITIES = {"tinggi": N_("Tinggi"), "sedang": N_("Sedang"), "rendah": N_("Rendah")}
SOURCES = {
    "apbd": N_("APBD kabupaten/kota"),
    "apbd_provinsi": N_("APBD provinsi"),
    "apbn": N_("APBN"),
    "dak": N_("DAK"),
    "dbhcht": N_("DBHCHT"),
    "bankeu": N_("Bantuan keuangan"),
    "dana_desa": N_("Dana desa"),
    "hibah": N_("Hibah"),
    "csr": N_("CSR/TJSL"),
    "oms": N_("OMS atau mitra"),
    "tanpa": N_("Tanpa anggaran"),
}
ORIGINS = {
    "pelatihan": N_("Pelatihan"),
    "musrenbang": N_("Musrenbang"),
    "oms": N_("OMS"),
    "opd": N_("Perangkat daerah"),
    "komnas_ham": N_("Rekomendasi Komnas HAM"),
    "upr": N_("UPR atau badan perjanjian"),
    "pengaduan": N_("Pengaduan warga"),
    "kkp_ham": N_("Temuan KKP HAM"),
}
ACTION_STATUSES = {
    "belum_mulai": N_("Belum mulai"),
    "berjalan": N_("Berjalan"),
    "selesai": N_("Selesai"),
    "terhambat": N_("Terlambat atau terhambat"),
    "dihentikan": N_("Dihentikan"),
    "digantikan": N_("Digantikan"),
}
STATUSES_WITH_REASON = frozenset({"terhambat", "dihentikan", "digantikan"})


@dataclass(frozen=True)
class Field:
    """Everything about a field but its column."""

    name: str
    label: str
    question: str
    type: FieldType
    group: str = "utama"
    is_living: bool = False
    example: str = ""


@dataclass(frozen=True)
class Kind:
    """One kind of item: its words, its fields in the order people meet them, and its place in addresses."""

    name: str
    plural: str
    model: type[Versioned]
    label: str
    label_many: str
    add_label: str
    fields: tuple[Field, ...]
    groups: Mapping[str, str] = field(default_factory=dict)
    parent: str | None = None
    by_name: Mapping[str, Field] = field(init=False)

    def __post_init__(self) -> None:
        """Index the fields by name."""
        object.__setattr__(self, "by_name", {one.name: one for one in self.fields})

    @property
    def binding(self) -> frozenset[str]:
        """The fields a leader approves: all but the living ones and the place in the order."""
        names = {one.name for one in self.fields if not one.is_living}
        return frozenset(names | ({self.parent} if self.parent else set()))

    @property
    def shape(self) -> Shape:
        """What the record needs to know."""
        merges = {one.name: one.type.merge for one in self.fields}
        if self.parent:
            merges[self.parent] = FieldType.merge
        merges["position"] = FieldType.merge
        return Shape(self.name, self.model, merges, self.binding)


COVER = Kind(
    "cover",
    "covers",
    models.Cover,
    N_("Sampul"),
    N_("Sampul"),
    N_("Isi sampul"),
    (
        Field(
            "title",
            N_("Judul peta jalan"),
            N_("Apa nama peta jalan ini?"),
            Line(),
            example=N_("Peta Jalan Kota HAM 2026–2030"),
        ),
        Field("year_from", N_("Tahun awal"), N_("Mulai tahun berapa peta jalan ini berlaku?"), Year()),
        Field("year_to", N_("Tahun akhir"), N_("Sampai tahun berapa?"), Year()),
        Field(
            "vision",
            N_("Visi dan tujuan"),
            N_("Kota atau kabupaten seperti apa yang ingin diwujudkan bagi warga?"),
            Text(),
        ),
        Field("scope", N_("Ruang lingkup"), N_("Siapa dan wilayah mana yang dicakup?"), Text()),
        Field(
            "legal_basis",
            N_("Dasar hukum"),
            N_("Peraturan apa yang menjadi dasar? Tulis satu peraturan per baris."),
            Text(),
        ),
        Field(
            "rpjmd",
            N_("Keterkaitan dengan RPJMD"),
            N_("Bagian mana dari RPJMD yang didukung peta jalan ini?"),
            Text(),
        ),
        Field(
            "easy_read",
            N_("Ringkasan mudah dibaca"),
            N_("Bagaimana Anda menceritakan peta jalan ini kepada tetangga, dengan kalimat pendek?"),
            Text(),
        ),
    ),
)

SECTION = Kind(
    "section",
    "sections",
    models.Section,
    N_("Bab"),
    N_("Bab"),
    N_("Tambah bab"),
    (
        Field("title", N_("Judul bab"), N_("Tentang apa bab ini?"), Line(), example=N_("Latar belakang")),
        Field("body", N_("Isi bab"), N_("Apa yang perlu diketahui pembaca?"), Text()),
    ),
)

_RIGHTS = Field(
    "rights", N_("Hak terkait"), N_("Hak apa saja yang menyangkut hal ini?"), Terms("rights"), "hak"
)
_EVIDENCE = Field(
    "evidence",
    N_("Bukti"),
    N_("Dokumen atau halaman apa yang menunjukkannya? Tulis tautannya. Jangan mencantumkan nama korban."),
    Evidence(),
    "bukti",
)

MODALITY = Kind(
    "modality",
    "modalities",
    models.Modality,
    N_("Modalitas"),
    N_("Modalitas"),
    N_("Tambah modalitas"),
    (
        Field(
            "title",
            N_("Modalitas"),
            N_("Apa yang sudah dimiliki daerah untuk memenuhi HAM?"),
            Line(),
            example=N_("Peraturan Daerah tentang perlindungan penyandang disabilitas"),
        ),
        Field("description", N_("Uraian"), N_("Apa yang telah dilakukan sejauh ini?"), Text()),
        Field("modality_kind", N_("Jenis"), N_("Termasuk jenis apa?"), Choice(MODALITY_KINDS)),
        Field("status", N_("Status"), N_("Apakah masih berjalan?"), Choice(MODALITY_STATUSES)),
        Field("owner", N_("Pemilik"), N_("Kantor atau lembaga mana yang memegangnya?"), Organisation()),
        _RIGHTS,
        Field(
            "groups",
            N_("Kelompok terkait"),
            N_("Siapa yang terbantu olehnya?"),
            Terms("groups"),
            "hak",
        ),
        _EVIDENCE,
    ),
    {"hak": N_("Hak dan kelompok"), "bukti": N_("Bukti")},
)

PROBLEM = Kind(
    "problem",
    "problems",
    models.Problem,
    N_("Permasalahan"),
    N_("Permasalahan"),
    N_("Tambah permasalahan"),
    (
        Field(
            "title",
            N_("Permasalahan"),
            N_("Masalah apa yang ingin diselesaikan?"),
            Line(),
            example=N_("Belum tersedianya layanan pengaduan yang dapat dipakai warga tuli"),
        ),
        Field("description", N_("Uraian"), N_("Bagaimana keadaannya sekarang?"), Text()),
        Field("cause", N_("Penyebab"), N_("Apa penyebab permasalahan tersebut?"), Text()),
        Field("effect", N_("Akibat"), N_("Apa akibatnya bagi warga?"), Text()),
        Field(
            "modalities",
            N_("Modalitas yang menjawab"),
            N_("Modalitas mana yang sudah membantu mengatasi masalah ini?"),
            Items("modality"),
            "kaitan",
        ),
        _RIGHTS,
        Field(
            "groups",
            N_("Kelompok terdampak"),
            N_("Siapa yang paling merasakan akibatnya?"),
            Terms("groups"),
            "hak",
        ),
        Field(
            "area",
            N_("Wilayah"),
            N_("Di kecamatan, desa, atau kelurahan mana?"),
            Line(2000),
            "wilayah",
        ),
        Field(
            "baseline",
            N_("Data dasar"),
            N_("Berapa angkanya sekarang? Bila tidak ada datanya, tandai tidak tersedia."),
            Number(),
            "data",
        ),
        Field(
            "baseline_unit",
            N_("Satuan data dasar"),
            N_("Angka itu dalam satuan apa?"),
            Line(200),
            "data",
            example=N_("orang"),
        ),
        Field("baseline_year", N_("Tahun data dasar"), N_("Data tahun berapa?"), Year(), "data"),
        Field("baseline_source", N_("Sumber data dasar"), N_("Dari mana angkanya?"), Line(), "data"),
        _EVIDENCE,
        Field("proposer", N_("Pengusul"), N_("Siapa yang mengangkat masalah ini?"), Line(), "asal"),
    ),
    {
        "kaitan": N_("Modalitas yang menjawab"),
        "hak": N_("Hak dan kelompok"),
        "wilayah": N_("Wilayah"),
        "data": N_("Data dasar"),
        "bukti": N_("Bukti"),
        "asal": N_("Pengusul"),
    },
)

ACTION = Kind(
    "action",
    "actions",
    models.Action,
    N_("Rencana aksi"),
    N_("Rencana aksi"),
    N_("Tambah rencana aksi"),
    (
        Field(
            "title",
            N_("Rencana aksi"),
            N_("Apa yang akan dilakukan? Mulailah dengan kata kerja."),
            Line(),
            example=N_("Melatih 60 petugas puskesmas menggunakan bahasa isyarat dasar"),
        ),
        Field(
            "expected_result",
            N_("Hasil yang ingin dicapai"),
            N_("Hasil apa yang ingin dicapai?"),
            Text(),
        ),
        Field(
            "problems",
            N_("Permasalahan yang dijawab"),
            N_("Masalah mana yang diselesaikan oleh aksi ini?"),
            Items("problem"),
        ),
        Field(
            "lead",
            N_("Penanggung jawab utama"),
            N_("Kantor mana yang menjawab bila ditanya tentang aksi ini?"),
            Organisation(),
        ),
        Field("area", N_("Wilayah"), N_("Di kecamatan, desa, atau kelurahan mana?"), Line(2000)),
        Field("starts_on", N_("Mulai"), N_("Kapan dimulai?"), Month(at_end=False), "waktu"),
        Field("ends_on", N_("Selesai"), N_("Kapan selesai?"), Month(at_end=True), "waktu"),
        Field(
            "supporting",
            N_("Pendukung"),
            N_("Siapa lagi yang ikut bekerja, termasuk OMS?"),
            Organisations(),
            "pendukung",
        ),
        Field(
            "budget",
            N_("Anggaran"),
            N_("Berapa pagunya setiap tahun, dari sumber mana?"),
            Money(SOURCES),
            "anggaran",
        ),
        _RIGHTS,
        Field(
            "groups",
            N_("Kelompok sasaran"),
            N_("Untuk siapa aksi ini?"),
            Terms("groups"),
            "hak",
        ),
        Field(
            "description",
            N_("Uraian"),
            N_("Bagaimana aksi ini dijalankan, langkah demi langkah?"),
            Text(),
            "uraian",
        ),
        Field(
            "success_criteria",
            N_("Kriteria keberhasilan"),
            N_("Kapan aksi ini dapat disebut berhasil?"),
            Text(),
            "uraian",
        ),
        Field(
            "modalities",
            N_("Modalitas yang dipakai"),
            N_("Modalitas mana yang dipakai atau dinaungi aksi ini?"),
            Items("modality"),
            "uraian",
        ),
        Field(
            "priority",
            N_("Prioritas"),
            N_("Seberapa mendesak?"),
            Choice(PRIORITIES),
            "uraian",
        ),
        Field("code", N_("Kode"), N_("Nomor atau kode apa yang dipakai daerah?"), Line(60), "kode"),
        Field(
            "subactivity_codes",
            N_("Kode sub kegiatan"),
            N_("Sub kegiatan mana yang membiayainya? Satu kode per baris, misalnya 2.08.03.2.02.0001."),
            Codes(),
            "kode",
        ),
        Field(
            "planning_links",
            N_("Keterkaitan perencanaan"),
            N_("Bagian mana dari RPJMD, RKPD, Renstra, atau Renja yang terkait?"),
            Text(),
            "kode",
        ),
        Field("origin", N_("Asal usulan"), N_("Dari mana aksi ini berasal?"), Choice(ORIGINS), "asal"),
        Field(
            "origin_reference",
            N_("Rujukan asal usulan"),
            N_("Dokumen atau pertemuan mana?"),
            Line(),
            "asal",
        ),
        _EVIDENCE,
        Field(
            "status",
            N_("Status pelaksanaan"),
            N_("Sampai di mana pelaksanaannya?"),
            Choice(ACTION_STATUSES),
            "pelaksanaan",
            is_living=True,
        ),
        Field(
            "status_reason",
            N_("Alasan status"),
            N_("Mengapa terhambat, dihentikan, atau digantikan?"),
            Text(),
            "pelaksanaan",
            is_living=True,
        ),
        Field(
            "superseded_by",
            N_("Digantikan oleh"),
            N_("Rencana aksi mana yang menggantikannya?"),
            Item("action"),
            "pelaksanaan",
            is_living=True,
        ),
        Field(
            "realisation",
            N_("Realisasi anggaran"),
            N_("Berapa yang sudah terpakai setiap tahun?"),
            Money(SOURCES),
            "pelaksanaan",
            is_living=True,
        ),
    ),
    {
        "waktu": N_("Waktu"),
        "pendukung": N_("Pendukung"),
        "anggaran": N_("Anggaran"),
        "hak": N_("Kelompok dan hak"),
        "uraian": N_("Uraian dan kriteria"),
        "kode": N_("Kode sub kegiatan dan RPJMD"),
        "asal": N_("Asal usulan"),
        "bukti": N_("Bukti"),
        "pelaksanaan": N_("Pelaksanaan"),
    },
)

INDICATOR = Kind(
    "indicator",
    "indicators",
    models.Indicator,
    N_("Indikator"),
    N_("Indikator"),
    N_("Tambah indikator"),
    (
        Field(
            "title",
            N_("Ukuran keberhasilan"),
            N_("Apa yang diukur?"),
            Line(1000),
            example=N_("Jumlah kecamatan dengan kanal pengaduan yang aksesibel"),
        ),
        Field(
            "unit",
            N_("Satuan"),
            N_("Dihitung dalam satuan apa?"),
            Line(200),
            example=N_("kecamatan"),
        ),
        Field("baseline", N_("Data dasar"), N_("Berapa angka awalnya?"), Number()),
        Field("baseline_year", N_("Tahun data dasar"), N_("Angka awal tahun berapa?"), Year()),
        Field("targets", N_("Target per tahun"), N_("Berapa yang ingin dicapai setiap tahun?"), Targets()),
        Field("baseline_source", N_("Sumber data dasar"), N_("Dari mana angkanya?"), Line(), "lain"),
        Field(
            "indicator_kind",
            N_("Jenis indikator"),
            N_(
                "Mengukur aturan dan lembaga (struktur), kegiatan (proses), atau perubahan bagi warga (hasil)?"
            ),
            Choice(INDICATOR_KINDS),
            "lain",
        ),
        Field(
            "direction",
            N_("Arah"),
            N_("Lebih baik bila angkanya naik atau turun?"),
            Choice(DIRECTIONS),
            "lain",
        ),
        Field(
            "aggregation",
            N_("Cara menjumlah"),
            N_("Bagaimana angka beberapa tahun dibaca bersama?"),
            Choice(AGGREGATIONS),
            "lain",
        ),
        Field("party", N_("Pihak"), N_("Ukuran ini untuk kerja siapa?"), Choice(PARTIES), "lain"),
    ),
    {"lain": N_("Cara mengukur")},
    parent="action",
)

KINDS: Mapping[str, Kind] = {
    kind.name: kind for kind in (COVER, SECTION, MODALITY, PROBLEM, ACTION, INDICATOR)
}
BY_PLURAL: Mapping[str, Kind] = {kind.plural: kind for kind in KINDS.values()}
for _kind in KINDS.values():
    tell_shape(_kind.shape)

# Set fields that show on their other side too, and can be edited from there: (kind, field) -> the kind named.
LINKS: Mapping[tuple[str, str], str] = {
    ("problem", "modalities"): "modality",
    ("action", "problems"): "problem",
    ("action", "modalities"): "modality",
}

# What an operator may change of the own office's actions: everything but owners (and order and removal, no fields).
OWNER_FIELDS = frozenset({"lead", "supporting"})
