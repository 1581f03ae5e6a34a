"""What people of the demo city wrote when they submitted, judged, mended and went on."""

from typing import Any

FIRST_NOTE = "Rancangan pertama, hasil empat lokakarya dan konsultasi selama empat minggu. Mohon perhatian pada bagian dokumen kependudukan: datanya belum ada."
RETURN_REASON = """Rancangan ini kuat: masalah dan penyebabnya dipisahkan dengan jelas, dan hampir setiap rencana aksi menyebut organisasi masyarakat sipil.

Tiga hal kami mohon diperbaiki sebelum diteruskan:

1. Permasalahan dokumen kependudukan: wilayahnya belum disebut.
2. Perbaikan rumah: tulis bagaimana warga dilindungi dari pemindahan paksa.
3. Paralegal: sebutkan kelurahan sasaran."""
SECOND_NOTE = "Ketiga catatan sudah ditindaklanjuti. Wilayah, perlindungan dari pemindahan, dan kelurahan sasaran sudah ditulis."
MENTORS_NOTES = {
    "problem:adminduk": "Wilayahnya belum disebut. Kelurahan mana yang paling banyak warganya belum berdokumen?",
    "action:rumah": "Tulis bagaimana warga dilindungi dari pemindahan paksa selama mediasi lahan.",
    "action:paralegal": "Sebutkan kelurahan sasarannya, supaya warga tahu ke mana bertanya.",
}
MENTORS_PRAISE = (
    "Ketiga catatan sudah dijawab. Kami sarankan pertemuan dengan daerah tetangga tentang kampung pesisir."
)
VERIFIERS_WORDS = (
    "Tidak bertentangan dengan peraturan yang lebih tinggi. Judul peraturan pada dasar hukum sudah diperiksa."
)
LEADERS_WORDS = "Saya setujui. Mulailah dari kampung pesisir."

OPERATORS_WORDS: dict[str, Any] = {
    "success_criteria": "Pengaduan dari penyandang disabilitas tercatat setiap bulan dan dijawab secepat pengaduan lain. Uji ulang bersama Gerakan Tuli Contoh setiap enam bulan."
}

MENDED: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("rina", "problem:adminduk", {"area": "Seluruh kota; didahulukan Contoh Hulu dan Contoh Timur"}),
    (
        "adi",
        "action:rumah",
        {
            "description": "Pendataan lahan bersama warga, mediasi dengan pemilik, lalu perbaikan rumah dengan kerja bersama. Tidak ada keluarga yang dipindahkan selama mediasi; bila harus pindah sementara, tempat dan waktunya ditulis dan disetujui keluarga itu, dengan pendampingan LBH Contoh."
        },
    ),
    (
        "rina",
        "action:paralegal",
        {"area": "24 kelurahan di Contoh Pesisir, Contoh Utara, Contoh Hulu, dan Contoh Timur"},
    ),
)

CARRIED_OUT: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("sari", "action:kanal", {"realisation": {(0, "apbd"): 96_500_000}}),
    ("rina", "action:posbankum", {"realisation": {(0, "apbd"): 141_000_000}}),
    ("adi", "action:kepercayaan", {"status": "berjalan"}),
    (
        "rina",
        "action:air",
        {
            "status": "terhambat",
            "status_reason": "Lelang pipa diulang dua kali karena hanya satu penawar. Pekerjaan mundur lima bulan; warga sudah diberi tahu dalam pertemuan kampung.",
        },
    ),
)

NEW_ACTION: dict[str, Any] = {
    "code": "8.1",
    "title": "Menyusun peraturan wali kota tentang Kota HAM bersama warga",
    "description": "Melanjutkan deklarasi menjadi aturan: gugus tugas, anggaran, dan cara warga mengadu bila rencana tidak dijalankan.",
    "expected_result": "Kota HAM tidak bergantung pada siapa yang sedang menjabat.",
    "success_criteria": "Naskah dibahas dalam dua pertemuan terbuka sebelum ditetapkan.",
    "problems": ["pengaduan"],
    "modalities": ["deklarasi", "forum"],
    "lead": "hukum",
    "supporting": ["kesra", "suara", "univ", "komnas"],
    "period": ((1, 1), (1, 12)),
    "rights": ["turut-serta"],
    "groups": [],
    "priority": "tinggi",
    "budget": {(1, "apbd"): 110_000_000, (1, "oms"): 15_000_000},
    "origin": "komnas_ham",
    "origin_reference": "Pertemuan pendampingan",
    "status": "belum_mulai",
    "indicators": [
        {
            "title": "Peraturan wali kota tentang Kota HAM diundangkan",
            "unit": "peraturan",
            "baseline": "0",
            "baseline_year": 0,
            "targets": {1: "1"},
            "indicator_kind": "struktur",
            "direction": "naik",
        }
    ],
}
SPARE_PROBLEM = "Trotoar rusak di depan pasar"
SPARE_REASON = "Sudah masuk pekerjaan rutin dinas; bukan untuk peta jalan."
MORE_WATER: dict[str, Any] = {
    "supporting": ["dpupr", "pesisir", "rawat", "usaha", "dinkes"],
    "success_criteria": "Air mengalir sekurangnya 20 jam sehari pada musim kemarau, dan mutunya diperiksa Dinas Kesehatan setiap tiga bulan.",
}
SIDE_BY_SIDE: dict[str, dict[str, Any]] = {
    "rina": {
        "description": "Dua hari seminggu, bergantian dengan hari pasar. Syarat surat keterangan diganti pernyataan yang diperiksa kelurahan di tempat. Juru bahasa isyarat dapat diminta sehari sebelumnya."
    },
    "adi": {
        "expected_result": "Warga tidak mampu mendapat nasihat hukum dalam tiga hari, dekat dari rumahnya, tanpa harus membuktikan kemiskinannya dua kali."
    },
}
SAME_FIELD: dict[str, dict[str, Any]] = {
    "adi": {"title": "Kanal pengaduan belum dapat dipakai penyandang disabilitas sensorik dan lansia"},
    "rina": {
        "title": "Kanal pengaduan hanya menerima tulisan, sehingga warga tuli dan buta tidak dapat mengadu"
    },
}
NEXT_ROUND_NOTE = "Perubahan tahun pertama: satu rencana aksi baru tentang peraturan wali kota, pemeriksaan mutu air, dan judul permasalahan pengaduan yang mencakup lansia."
AFTERWARDS: dict[str, Any] = {
    "description": "Jadwal diumumkan di masjid, gereja, pura, kelenteng, dan sanggar, juga lewat radio kampung; lansia dan penyandang disabilitas dikunjungi di rumah."
}
