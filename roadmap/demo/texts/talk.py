"""What people of the demo city said to one another: who, how many days ago, about what, and for whom."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Opened:
    """Somebody opens a thread about the roadmap, an item of the draft's book, or an office."""

    key: str
    days: int
    who: str
    about: str
    words: str
    nature: str = "saran"
    level: str = "tim_mentor"
    field: str = ""
    wants_answer: bool = False
    tells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answered:
    """Somebody replies, as widely as the thread or more narrowly."""

    key: str
    days: int
    who: str
    words: str
    level: str | None = None
    tells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mended:
    """Whoever spoke last says it anew."""

    key: str
    days: int
    words: str


@dataclass(frozen=True)
class Settled:
    """Somebody resolves a thread, saying why."""

    key: str
    days: int
    who: str
    reason: str


@dataclass(frozen=True)
class Closed:
    """Somebody closes what was said last."""

    key: str
    days: int
    who: str
    basis: str
    reason: str


Said = Opened | Answered | Mended | Settled | Closed

IN_THE_CONSULTATION: tuple[Said, ...] = (
    Opened(
        "uji",
        238,
        "yusuf",
        "action:kanal",
        "Mohon aplikasinya diuji bersama warga tuli dan warga netra **sebelum** diluncurkan. Dua kali kami diundang sesudah semuanya selesai.",
        level="publik",
        field="success_criteria",
        wants_answer=True,
        tells=("rina",),
    ),
    Answered(
        "uji",
        237,
        "rina",
        "Terima kasih, ini benar. Uji bersama kami tulis sebagai langkah pertama; mohon HPDC menunjuk dua orang.",
    ),
    Opened(
        "angka",
        236,
        "maria",
        "problem:kekerasan",
        "Dari mana angka waktu tunggunya? Sumbernya belum disebut.",
        nature="pertanyaan",
        field="cause",
        tells=("adi",),
    ),
    Answered("angka", 235, "adi", "Dari catatan UPT tahun lalu; tabelnya kami minta ke DP3A."),
    Opened(
        "pindah",
        234,
        "yusuf",
        "action:rumah",
        "Kami belum sepakat bila mediasi lahan dimulai sebelum tertulis bagaimana keluarga dilindungi dari pemindahan.",
        nature="belum_sepakat",
        field="description",
        tells=("rina", "adi"),
    ),
    Answered(
        "pindah",
        233,
        "yusuf",
        "Untuk Komnas HAM: warga takut bicara di rapat kampung, karena ada yang mencatat nama. Mohon ditanyakan tersendiri.",
        level="oms_mentor",
        tells=("maria",),
    ),
    Opened(
        "teruskan",
        232,
        "ratna",
        "roadmap",
        "Terima kasih kepada semua yang menulis, terutama warga kampung pesisir. Teruskan dengan berani.",
        nature="apresiasi",
        level="publik",
    ),
    Opened(
        "juru",
        230,
        "sari",
        "action:kanal",
        "Apakah biaya juru bahasa isyarat sudah masuk dalam pagu tahun pertama?",
        nature="pertanyaan",
        level="tim",
        field="budget",
        tells=("rina",),
    ),
    Answered("juru", 229, "rina", "Sudah, dalam APBD; rinciannya ikut Renja Diskominfo."),
    Settled("juru", 228, "sari", "Terjawab. Kami pakai angka itu dalam Renja."),
)
AFTER_THE_OFFICE_WROTE: tuple[Said, ...] = (
    Settled(
        "uji",
        224,
        "rina",
        "Sudah masuk: uji bersama menjadi langkah pertama, dan diulang setiap enam bulan.",
    ),
    Opened(
        "tanpa_nama",
        222,
        "yusuf",
        "roadmap",
        "Beberapa anggota ingin menyampaikan keberatan tanpa nama. Bagaimana kota lain menanganinya?",
        nature="pertanyaan",
        level="oms_mentor",
        tells=("maria",),
    ),
    Answered(
        "tanpa_nama",
        221,
        "maria",
        "Kirimkan lewat lembaga Anda; yang tampak hanya nama lembaganya. Kalau perlu, kami yang menyampaikan.",
    ),
    Opened(
        "nomor",
        219,
        "hendra",
        "modality:perda",
        "Perda ini sudah diubah sekali. Sebutkan juga perubahannya bila dikutip dalam dasar hukum.",
        nature="catatan_hukum",
        tells=("rina",),
    ),
    Settled(
        "nomor", 215, "adi", "Sudah diperiksa bersama Bagian Hukum; pasal yang kita kutip tidak berubah."
    ),
)
AFTER_MENDING: tuple[Said, ...] = (
    Settled(
        "pindah",
        189,
        "rina",
        "Disepakati dalam pertemuan dengan HPDC dan Rawat Kampung: perlindungan dari pemindahan sudah ditulis dalam uraian.",
    ),
    Answered("pindah", 188, "yusuf", "Terima kasih. Inilah yang kami minta sejak awal."),
)
IN_THE_NEXT_ROUND: tuple[Said, ...] = (
    Opened(
        "terbuka",
        20,
        "yusuf",
        "action:perwali",
        "Kami belum sepakat bila naskahnya ditetapkan sebelum dua pertemuan terbuka. Tanggalnya perlu ditulis.",
        nature="belum_sepakat",
        field="success_criteria",
        wants_answer=True,
        tells=("rina", "maria"),
    ),
    Answered("terbuka", 19, "adi", "Dua pertemuan sudah disebut. Tanggalnya kami tanyakan ke Bagian Hukum."),
    Opened(
        "mundur",
        18,
        "maria",
        "action:air",
        "Bagaimana warga diberi tahu bila pekerjaan mundur lagi?",
        nature="pertanyaan",
        field="status_reason",
        wants_answer=True,
        tells=("adi",),
    ),
    Opened(
        "pendamping",
        17,
        "yusuf",
        "office:kominfo",
        "Petugas pendamping di tiga kecamatan belum tahu ada kanal baru.",
        level="tim",
        tells=("sari",),
    ),
    Answered("pendamping", 17, "sari", "Terima kasih, pelatihannya kami ulang minggu depan."),
    Opened(
        "korban",
        16,
        "yusuf",
        "problem:kekerasan",
        "Ibu Contohwati dari Contoh Hulu menunggu sebelas hari sampai didampingi.",
    ),
    Closed(
        "korban", 16, "maria", "UU 27/2022 tentang Pelindungan Data Pribadi", "Menyebut nama seorang korban."
    ),
    Opened(
        "pasar",
        15,
        "yusuf",
        "action:posbankum",
        "Hari pasar di Contoh Hulu itu Rabu, bukan Kamis.",
        tells=("rina",),
    ),
    Mended(
        "pasar",
        15,
        "Hari pasar di Contoh Hulu itu Rabu, bukan Kamis. Mohon jadwal pos layanannya disesuaikan.",
    ),
)

AT_THE_LEADERS_DESK: tuple[Said, ...] = (
    Opened(
        "kuota",
        30,
        "yusuf",
        "roadmap",
        "Kami belum sepakat: perempuan penyandang disabilitas perlu disebut tersendiri, bukan hanya dalam catatan.",
        nature="belum_sepakat",
        tells=("adi",),
    ),
    Answered("kuota", 29, "adi", "Akan kami sampaikan kepada Ibu Wali Kota bersama rancangan ini."),
)
AT_THE_VERIFIERS_DESK: tuple[Said, ...] = (
    Opened(
        "kewenangan",
        5,
        "hendra",
        "roadmap",
        "Sebagian urusan di sini kewenangan provinsi. Tulis sebagai usulan kepada provinsi, bukan sebagai rencana kota.",
        nature="catatan_hukum",
        tells=("rina",),
    ),
)
