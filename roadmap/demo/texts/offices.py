"""The offices and organisations of the demo city, of its neighbour, and two national ones."""

# By key: name, abbreviation, kind.
CITY = {
    "bappeda": ("Badan Perencanaan Pembangunan Daerah Kota Contoh", "Bappeda", "opd"),
    "kominfo": ("Dinas Komunikasi, Informatika, dan Statistik", "Diskominfo", "opd"),
    "dinsos": ("Dinas Sosial", "Dinsos", "opd"),
    "dinkes": ("Dinas Kesehatan", "Dinkes", "opd"),
    "disdik": ("Dinas Pendidikan", "Disdik", "opd"),
    "dp3a": ("Dinas Pemberdayaan Perempuan dan Perlindungan Anak", "DP3A", "opd"),
    "dukcapil": ("Dinas Kependudukan dan Pencatatan Sipil", "Dukcapil", "opd"),
    "disnaker": ("Dinas Tenaga Kerja", "Disnaker", "opd"),
    "dlh": ("Dinas Lingkungan Hidup", "DLH", "opd"),
    "perkim": ("Dinas Perumahan dan Kawasan Permukiman", "Disperkim", "opd"),
    "dpupr": ("Dinas Pekerjaan Umum dan Penataan Ruang", "DPUPR", "opd"),
    "kesbang": ("Badan Kesatuan Bangsa dan Politik", "Kesbangpol", "opd"),
    "hukum": ("Bagian Hukum Sekretariat Daerah", "Bagian Hukum", "bagian_setda"),
    "kesra": ("Bagian Kesejahteraan Rakyat Sekretariat Daerah", "Bagian Kesra", "bagian_setda"),
    "pesisir": ("Kecamatan Contoh Pesisir", "", "kecamatan"),
    "utara": ("Kecamatan Contoh Utara", "", "kecamatan"),
    "kemenag": ("Kantor Kementerian Agama Kota Contoh", "Kankemenag", "vertikal"),
    "suara": ("Perkumpulan Suara Setara Contoh", "Suara Setara", "oms"),
    "lbh": ("Lembaga Bantuan Hukum Contoh", "LBH Contoh", "oms"),
    "rawat": ("Jaringan Rawat Kampung Contoh", "Rawat Kampung", "oms"),
    "himpunan": ("Himpunan Penyandang Disabilitas Contoh", "HPDC", "opdis"),
    "gerak": ("Gerakan Tuli Contoh", "", "opdis"),
    "univ": ("Pusat Studi HAM Universitas Contoh", "Pusham Contoh", "akademisi"),
    "usaha": ("Perhimpunan Pengusaha Contoh", "", "dunia_usaha"),
    "pkk": ("Tim Penggerak PKK Kota Contoh", "PKK", "lembaga_kemasyarakatan"),
    "fkub": ("Forum Kerukunan Umat Beragama Kota Contoh", "FKUB", "lembaga_kemasyarakatan"),
}
NEIGHBOUR = {
    "bapperida": ("Badan Perencanaan, Riset, dan Inovasi Daerah Kabupaten Lain Contoh", "Bapperida", "opd"),
    "dinkes_lain": ("Dinas Kesehatan Kabupaten Lain Contoh", "Dinkes", "opd"),
    "pertanian": ("Dinas Pertanian dan Pangan Kabupaten Lain Contoh", "Distan", "opd"),
    "petani": ("Serikat Petani Lain Contoh", "", "oms"),
}
NATIONAL = {
    "komnas": ("Komisi Nasional Hak Asasi Manusia", "Komnas HAM", "lembaga_nasional"),
    "infid": ("International NGO Forum on Indonesian Development", "INFID", "oms"),
}
