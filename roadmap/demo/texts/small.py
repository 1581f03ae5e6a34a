"""The smaller roadmaps: three more of the demo city, each at another step, and one of its neighbour."""

from typing import Any


def _modality(title: str, kind: str, owner: str, **more: Any) -> dict[str, Any]:
    return {
        "title": title,
        "modality_kind": kind,
        "status": "berjalan",
        "owner": owner,
        "rights": [],
        "groups": [],
        **more,
    }


def _problem(title: str, cause: str, **more: Any) -> dict[str, Any]:
    return {"title": title, "cause": cause, "modalities": [], "rights": [], "groups": [], **more}


def _action(code: str, title: str, lead: str | None, **more: Any) -> dict[str, Any]:
    return {
        "code": code,
        "title": title,
        "lead": lead,
        "supporting": [],
        "problems": [],
        "modalities": [],
        "rights": [],
        "groups": [],
        "period": ((0, 1), (2, 12)),
        "budget": {},
        "indicators": [],
        **more,
    }


def _measure(title: str, unit: str, baseline: str, targets: dict[int, str], **more: Any) -> dict[str, Any]:
    return {
        "title": title,
        "unit": unit,
        "baseline": baseline,
        "baseline_year": -1,
        "targets": targets,
        "indicator_kind": "proses",
        "direction": "naik",
        **more,
    }


INCLUSIVE: dict[str, Any] = {
    "cover": {
        "title": "Peta Jalan Layanan Publik Inklusif {Y}–{Y+2}",
        "year_from": 0,
        "year_to": 2,
        "vision": "Penyandang disabilitas datang ke kantor mana pun di Kota Contoh dan dilayani tanpa harus meminta dikasihani.",
        "legal_basis": "Peraturan Daerah Kota Contoh Nomor 4 Tahun {Y-2} tentang Pemenuhan Hak Penyandang Disabilitas",
    },
    "sections": [],
    "modalities": {
        "perda": _modality(
            "Peraturan Daerah tentang Pemenuhan Hak Penyandang Disabilitas",
            "regulasi",
            "dinsos",
            groups=["disabilitas"],
        ),
        "hpdc": _modality(
            "Himpunan Penyandang Disabilitas Contoh dengan 640 anggota",
            "jejaring",
            "himpunan",
            groups=["disabilitas"],
        ),
    },
    "problems": {
        "gedung": _problem(
            "Sembilan dari dua belas kantor kecamatan tidak dapat dimasuki kursi roda",
            "Gedung lama dibangun sebelum ada aturan aksesibilitas; perbaikannya tidak pernah dianggarkan.",
            rights=["turut-serta"],
            groups=["disabilitas", "lansia"],
            modalities=["perda"],
            baseline="3",
            baseline_unit="kantor kecamatan yang aksesibel",
            baseline_year=-1,
            baseline_source="Survei bersama HPDC",
        ),
        "formulir": _problem(
            "Formulir layanan tidak dapat dibaca pembaca layar",
            "Formulir dipindai dari kertas dan diunggah sebagai gambar.",
            rights=["informasi"],
            groups=["disabilitas"],
        ),
    },
    "actions": {
        "landai": _action(
            "1",
            "Memasang bidang landai dan toilet aksesibel di sembilan kantor kecamatan",
            "dpupr",
            problems=["gedung"],
            supporting=["himpunan", "pesisir"],
            rights=["turut-serta"],
            groups=["disabilitas", "lansia"],
            budget={(0, "apbd"): 540_000_000, (1, "apbd"): 360_000_000},
            indicators=[
                _measure("Jumlah kantor kecamatan yang aksesibel", "kantor", "3", {0: "6", 1: "10", 2: "12"})
            ],
        ),
        "formulir": _action(
            "2",
            "Menulis ulang 40 formulir layanan agar dapat diisi dengan pembaca layar",
            "kominfo",
            problems=["formulir"],
            supporting=["himpunan", "dukcapil"],
            rights=["informasi"],
            groups=["disabilitas"],
            budget={(0, "apbd"): 85_000_000},
            indicators=[],
        ),
        "duta": _action(
            "3",
            "Menempatkan pendamping layanan dari organisasi penyandang disabilitas",
            None,
            problems=["gedung"],
            period=((1, 1), (2, 12)),
        ),
    },
}

WOMEN: dict[str, Any] = {
    "cover": {
        "title": "Peta Jalan Perlindungan Perempuan dan Anak {Y}–{Y+3}",
        "year_from": 0,
        "year_to": 3,
        "vision": "Perempuan dan anak di Kota Contoh aman di rumah, di jalan, di sekolah, dan di tempat kerja.",
        "legal_basis": "Undang-Undang Nomor 12 Tahun 2022 tentang Tindak Pidana Kekerasan Seksual",
        "easy_read": "Kota ingin perempuan dan anak aman. Kalau ada yang menyakiti, ada kantor yang menolong. Nomornya akan dipasang di setiap sekolah dan puskesmas.",
    },
    "sections": [],
    "modalities": {
        "upt": _modality(
            "Unit layanan terpadu perlindungan perempuan dan anak",
            "kelembagaan",
            "dp3a",
            rights=["perempuan-anak"],
            groups=["perempuan", "anak"],
        ),
    },
    "problems": {
        "jalan": _problem(
            "Perempuan merasa tidak aman di 17 titik jalan dan halte pada malam hari",
            "Lampu jalan padam lama, halte sepi, dan belum ada tombol bantuan.",
            rights=["perempuan-anak"],
            groups=["perempuan"],
            baseline="17",
            baseline_unit="titik",
            baseline_year=-1,
            baseline_source="Jalan bersama PKK dan Suara Setara",
        ),
        "sekolah": _problem(
            "Sekolah belum tahu langkah pertama ketika siswa melapor kekerasan",
            "Belum ada pedoman satu halaman dan guru penerima laporan belum ditunjuk.",
            rights=["perempuan-anak", "pendidikan"],
            groups=["anak"],
            modalities=["upt"],
        ),
    },
    "actions": {
        "terang": _action(
            "1",
            "Menerangi dan menjaga 17 titik rawan bersama warga",
            "dpupr",
            problems=["jalan"],
            supporting=["pkk", "suara", "usaha"],
            rights=["perempuan-anak"],
            groups=["perempuan"],
            period=((0, 3), (1, 12)),
            budget={(0, "apbd"): 410_000_000, (1, "csr"): 90_000_000},
            indicators=[
                _measure(
                    "Jumlah titik yang dinilai tidak aman oleh warga perempuan",
                    "titik",
                    "17",
                    {0: "10", 1: "4", 2: "0"},
                    direction="turun",
                    indicator_kind="hasil",
                )
            ],
        ),
        "guru": _action(
            "2",
            "Menunjuk dan melatih guru penerima laporan di 212 sekolah",
            "disdik",
            problems=["sekolah"],
            modalities=["upt"],
            supporting=["dp3a", "suara", "kemenag"],
            rights=["perempuan-anak", "pendidikan"],
            groups=["anak"],
            period=((0, 7), (3, 6)),
            budget={(0, "apbd"): 150_000_000, (1, "apbd"): 150_000_000, (1, "hibah"): 45_000_000},
            indicators=[
                _measure(
                    "Persentase sekolah dengan guru penerima laporan", "%", "0", {0: "40", 1: "80", 2: "100"}
                ),
                _measure(
                    "Jumlah laporan yang dirujuk dalam 24 jam",
                    "laporan",
                    "NA",
                    {1: "NA"},
                    indicator_kind="hasil",
                ),
            ],
        ),
    },
}

VILLAGE: dict[str, Any] = {
    "cover": {
        "title": "Peta Jalan Sanitasi Kampung Kota {Y}–{Y+2}",
        "year_from": 0,
        "year_to": 2,
        "vision": "Tidak ada lagi keluarga di Kota Contoh yang harus buang air di sungai.",
    },
    "sections": [],
    "modalities": {
        "rawat": _modality("Jaringan Rawat Kampung di 14 kampung", "jejaring", "rawat", groups=["miskin"]),
    },
    "problems": {
        "sanitasi": _problem(
            "Sebelas kampung belum mempunyai jamban sehat untuk setiap keluarga",
            "Lahan sempit, tangki septik tidak dapat dibangun sendiri-sendiri.",
            rights=["lingkungan-perumahan", "kesehatan"],
            groups=["miskin", "perempuan"],
            modalities=["rawat"],
            baseline="730",
            baseline_unit="keluarga",
            baseline_year=-1,
            baseline_source="Puskesmas dan Rawat Kampung",
        ),
    },
    "actions": {
        "komunal": _action(
            "1",
            "Membangun tangki septik bersama di sebelas kampung",
            "dpupr",
            problems=["sanitasi"],
            modalities=["rawat"],
            supporting=["rawat", "dinkes", "perkim"],
            rights=["lingkungan-perumahan"],
            groups=["miskin"],
            budget={(0, "dak"): 1_100_000_000, (1, "dak"): 1_100_000_000, (1, "apbd"): 200_000_000},
            indicators=[
                _measure(
                    "Jumlah keluarga tanpa jamban sehat",
                    "keluarga",
                    "730",
                    {0: "480", 1: "190", 2: "0"},
                    direction="turun",
                    indicator_kind="hasil",
                )
            ],
        ),
        "jaga": _action(
            "2",
            "Melatih kelompok warga menjaga dan menguras tangki",
            "dlh",
            problems=["sanitasi"],
            supporting=["rawat", "pkk"],
            groups=["miskin", "perempuan"],
            budget={(1, "oms"): 30_000_000},
            indicators=[_measure("Jumlah kelompok yang aktif", "kelompok", "2", {0: "6", 1: "11"})],
        ),
    },
}

NEIGHBOUR: dict[str, Any] = {
    "cover": {
        "title": "Peta Jalan Kabupaten HAM Kabupaten Lain Contoh {Y}–{Y+4}",
        "year_from": 0,
        "year_to": 4,
        "vision": "Petani, nelayan, dan masyarakat adat di Kabupaten Lain Contoh hidup dari tanah dan lautnya tanpa takut.",
    },
    "sections": [
        {
            "title": "Latar belakang",
            "body": "Kabupaten Lain Contoh baru mengikuti pelatihan. Rancangan ini masih mencari bentuk.",
        }
    ],
    "modalities": {
        "serikat": _modality("Serikat Petani Lain Contoh", "jejaring", "petani", groups=["miskin", "adat"]),
    },
    "problems": {
        "pos": _problem(
            "Empat desa berjarak lebih dari 30 km dari puskesmas",
            "Jalan rusak dan tenaga kesehatan sering berpindah.",
            rights=["kesehatan"],
            groups=["miskin", "adat"],
        ),
    },
    "actions": {
        "keliling": _action(
            "1",
            "Menjalankan layanan kesehatan keliling ke empat desa terjauh",
            "dinkes_lain",
            problems=["pos"],
            supporting=["petani"],
            rights=["kesehatan"],
            groups=["miskin", "adat"],
            budget={(0, "apbd"): 220_000_000, (0, "dana_desa"): 40_000_000},
            indicators=[_measure("Jumlah kunjungan dalam setahun", "kunjungan", "12", {0: "48", 1: "96"})],
        ),
    },
}

WOMEN_NOTE = "Disusun bersama PKK, Suara Setara, dan anak-anak dari tujuh sekolah."
WOMEN_PRAISE = "Suara anak terdengar di dalamnya. Tidak ada catatan yang menahan."
VILLAGE_NOTE = "Peta jalan kecil untuk sebelas kampung."
INCLUSIVE_NOTE = "Mohon ditelaah. Penanggung jawab pendamping layanan masih kami cari."
INCLUSIVE_NOTES = {
    "action:duta": "Belum ada penanggung jawab. Kantor mana yang menjawab bila ditanya warga?",
    "action:formulir": "Belum ada ukuran keberhasilan. Misalnya: berapa formulir yang sudah dibaca dan dipahami kelompok uji?",
}
INCLUSIVE_ANSWER = "Himpunan Penyandang Disabilitas Contoh bersedia menguji lima formulir pertama; indikatornya kami tulis minggu ini."
INCLUSIVE_REASON = """Dua hal perlu dilengkapi bersama Himpunan Penyandang Disabilitas Contoh:

- Pendamping layanan belum mempunyai penanggung jawab. Kantor mana yang menjawab bila ditanya?
- Penulisan ulang formulir belum mempunyai ukuran keberhasilan. Bagaimana warga akan tahu bahwa formulirnya sudah dapat dibaca?

Selebihnya baik. Kami siap menemani bila diperlukan."""
