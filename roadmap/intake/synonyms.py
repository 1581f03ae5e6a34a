"""What people write in tables for the words of a plan, as data; every word here is folded (see `likeness.fold`)."""

from collections.abc import Mapping


def _table(**words: str) -> Mapping[str, str]:
    """Turn key="a|b" into {"a": key, "b": key}."""
    return {word: key for key, several in words.items() for word in several.split("|")}


# By field: what stands in a cell -> the stored word. Labels in both languages are among them.
CHOICES: Mapping[str, Mapping[str, str]] = {
    "modality_kind": _table(
        regulasi="regulasi|regulation|peraturan|perda|perbup|perwali|perkada"
        "|produk hukum|kebijakan|sk|surat keputusan"
        "|surat edaran|law|policy",
        kelembagaan="kelembagaan|institutions|institution|lembaga|institusi|unit kerja|komisi|tim|organisasi",
        program="program atau inisiatif|programme or initiative|program|programme|inisiatif|initiative|kegiatan"
        "|program inisiatif|program kegiatan|layanan",
        anggaran="anggaran|budget|dana|pendanaan|keuangan",
        sdm="sumber daya manusia|human resources|sdm|personel|people|tenaga",
        data="data dan sistem informasi|data and information systems|data|sistem informasi|sistem|aplikasi",
        komitmen="komitmen politik|political commitment|komitmen|commitment|komitmen pimpinan|deklarasi",
        jejaring="jejaring dan oms|networks and csos|jejaring|jaringan|oms|masyarakat sipil|network|civil society"
        "|jejaring oms|mitra|kemitraan",
        luar_negeri="kerja sama luar negeri|international cooperation|kerjasama luar negeri|luar negeri|internasional"
        "|international|kerja sama internasional|kerjasama internasional",
        sarana="sarana|facilities|sarana prasarana|sarana dan prasarana|prasarana|sarpras|infrastruktur|fasilitas",
        lainnya="lainnya|other|lain lain|lain|lain2|others|dll",
    ),
    "modality.status": _table(
        berjalan="berjalan|in progress|aktif|active|masih berjalan|sedang berjalan|berlaku|masih berlaku|ada|ongoing",
        tidak_aktif="tidak aktif|inactive|non aktif|nonaktif|tdk aktif|berhenti|sudah tidak aktif|tidak berlaku"
        "|dicabut|not active",
        rencana="masih rencana|still planned|rencana|planned|direncanakan|dalam rencana|akan datang",
    ),
    "indicator_kind": _table(
        struktur="struktur|structure|struktural|structural|indikator struktur|s",
        proses="proses|process|indikator proses|p|output|keluaran",
        hasil="hasil|outcome|indikator hasil|h|result|dampak|impact",
    ),
    "direction": _table(
        naik="naik lebih baik|higher is better|naik|meningkat|semakin tinggi|semakin tinggi semakin baik|makin tinggi"
        "|makin tinggi makin baik|positif|maksimal|maximize|up|higher|increase|tinggi|semakin besar semakin baik|max",
        turun="turun lebih baik|lower is better|turun|menurun|semakin rendah|semakin rendah semakin baik|makin rendah"
        "|makin rendah makin baik|negatif|minimal|minimize|down|lower|decrease|rendah|semakin kecil semakin baik|min"
        "|semakin sedikit semakin baik|penurunan",
    ),
    "aggregation": _table(
        kumulatif="dijumlahkan setiap tahun|added up each year|kumulatif|jumlah|dijumlahkan|sum|total|akumulasi"
        "|akumulatif|cumulative|penjumlahan",
        nilai_akhir="nilai pada akhir periode|value at the end of the period|nilai akhir"
        "|akhir|non kumulatif|nonkumulatif"
        "|kondisi akhir|posisi akhir|last|end value|tidak kumulatif|tahun terakhir",
        rata_rata="rata rata|average|rerata|mean|rata2|avg|ratarata",
    ),
    "party": _table(
        pemerintah="pemerintah|government|k l|kl|kementerian lembaga|pemda"
        "|pemerintah daerah|opd|perangkat daerah|pemkab"
        "|pemkot|pemerintah kota|pemerintah kabupaten|pemerintah daerah kabupaten kota|gov",
        oms="organisasi masyarakat sipil|civil society organisation|oms"
        "|masyarakat sipil|civil society|cso|lsm|ngo|ornop"
        "|ormas|organisasi masyarakat",
    ),
    "priority": _table(
        tinggi="tinggi|high|prioritas tinggi|sangat tinggi|mendesak|utama|segera|t|urgent|sangat mendesak",
        sedang="sedang|medium|menengah|prioritas sedang|s|moderate",
        rendah="rendah|low|prioritas rendah|r|tidak mendesak",
    ),
    "origin": _table(
        pelatihan="pelatihan|training|bimtek|pelatihan kota ham|pelatihan kabupaten kota ham",
        musrenbang="musrenbang|musyawarah perencanaan pembangunan|hasil musrenbang",
        oms="oms|cso|masyarakat sipil|organisasi masyarakat sipil|lsm|ngo|usulan oms",
        opd="perangkat daerah|regional agency|opd|skpd|dinas|usulan opd|usulan perangkat daerah",
        komnas_ham="rekomendasi komnas ham|komnas ham recommendation|komnas ham|komnasham",
        upr="upr atau badan perjanjian|upr or treaty body|upr|badan perjanjian|treaty body",
        pengaduan="pengaduan warga|complaint from residents|pengaduan"
        "|pengaduan masyarakat|aduan|laporan warga|complaint",
        kkp_ham="temuan kkp ham|kkp ham finding|kkp ham|kkpham|kkp",
    ),
    "action.status": _table(
        belum_mulai="belum mulai|not started|belum|belum dimulai|belum dilaksanakan|belum terlaksana|belum berjalan",
        berjalan="berjalan|in progress|sedang berjalan|proses|dalam proses|on going"
        "|ongoing|on progress|sedang dilaksanakan"
        "|on track|tbs",
        selesai="selesai|completed|done|tuntas|terlaksana|sudah|sudah selesai|complete|tercapai|target tercapai|tt",
        terhambat="terlambat atau terhambat|late or blocked|terhambat|terlambat|tertunda"
        "|blocked|delayed|late|kendala",
        dihentikan="dihentikan|discontinued|batal|dibatalkan|berhenti|stop|cancelled|canceled|dihapus",
        digantikan="digantikan|superseded|diganti|replaced",
    ),
}

SOURCES: Mapping[str, str] = _table(
    apbd="apbd kabupaten kota|kabupaten kota apbd|apbd|apbd kab|apbd kota|apbd kabupaten|apbd kab kota|apbd ii|apbd 2"
    "|apbd daerah|dana apbd|apbd murni|apbd perubahan|regional budget",
    apbd_provinsi="apbd provinsi|provincial apbd|apbd prov|apbd i|apbd 1|apbdprov|provincial budget|apbd propinsi",
    apbn="apbn|national budget apbn|national budget|dana apbn|apbn pusat",
    dak="dak|dak fisik|dak non fisik|dak nonfisik|dana alokasi khusus",
    dbhcht="dbhcht|dbh cht|dbh c ht|dana bagi hasil cukai hasil tembakau|cukai",
    bankeu="bantuan keuangan|financial assistance|bankeu|bkk|bantuan keuangan khusus|bankeu provinsi|bankeu prov"
    "|bantuan keuangan provinsi|banprov",
    dana_desa="dana desa|village funds|village fund|dd",
    hibah="hibah|grants|grant|dana hibah|donor",
    csr="csr tjsl|csr|tjsl|tjslp|csr perusahaan|dana csr|csr bumn|csr bumd|dunia usaha",
    oms="oms atau mitra|cso or partner|oms|mitra|lsm|ngo|mitra pembangunan|partner|cso|swadaya oms|swadaya",
    tanpa="tanpa anggaran|no budget|non anggaran|nonanggaran|non budgeter|nonbudgeter|tidak ada anggaran"
    "|tidak memerlukan anggaran|zero budget",
)

# What says that there is no figure, and what says that the figure is nothing.
NOT_AVAILABLE_WORDS = frozenset(
    "na|n a|tidak tersedia|not available|tidak ada data|tdk ada data"
    "|data tidak tersedia|data tidak ada|belum ada data"
    "|data belum ada|data belum tersedia|belum tersedia|belum ada datanya|tidak ada datanya|no data|tad|none"
    "|tidak diketahui|belum diketahui".split("|")
)
NIHIL_WORDS = frozenset("nihil|nol|nil|zero|0 nihil|nihil 0|nol nihil".split("|"))
DASHES = frozenset("- -- --- – — − ‐ ‑ ―".split())
# What stands in a form for whoever fills it in, and what says that nobody has.
PLACEHOLDER_WORDS = frozenset(
    "insert|insert here|isi|isi di sini|isi disini|diisi|harap diisi|akan diisi|belum diisi|kosong|kosong di sumber"
    "|belum ditentukan|belum ditetapkan|akan ditentukan|menyusul|tbd|tba|to be determined|to be confirmed".split(
        "|"
    )
)
PLACEHOLDER_SIGNS = frozenset("…[]().#_ ")
DITTO_WORDS = frozenset(
    "sda|s d a|idem|sama dengan di atas|sama dengan diatas|seperti di atas|sama".split("|")
)
DITTO_SIGNS = frozenset(("”", '"', "''", "“", "〃", "‘‘", "’’", '",,"'))

GROUP_WORDS: Mapping[str, str] = _table(
    Perempuan="wanita|ibu|kaum perempuan|kelompok perempuan|women|perempuan kepala keluarga",
    Anak="anak anak|children|anak2|kelompok anak",
    **{
        "Penyandang disabilitas": "disabilitas|difabel|kelompok disabilitas|penyandang cacat"
        "|persons with disabilities"
        "|people with disabilities|pd",
        "Kelompok masyarakat adat": "masyarakat adat|adat|masyarakat hukum adat|kelompok adat|mha|indigenous"
        "|indigenous communities|indigenous customary communities",
        "Lansia": "lanjut usia|warga lansia|lansia lanjut usia|orang tua lanjut usia|older persons|seniors|elderly",
        "Masyarakat miskin": "miskin|warga miskin|orang miskin|kelompok miskin|fakir miskin"
        "|people living in poverty|poor"
        "|keluarga miskin|masyarakat kurang mampu",
        "Orang dengan HIV (ODHIV)": "odhiv|odha|orang dengan hiv|hiv|hiv aids|people living with hiv",
        "Minoritas agama atau keyakinan": "minoritas agama|minoritas|penghayat|penghayat kepercayaan"
        "|kelompok minoritas"
        "|religious or belief minorities",
        "Korban pelanggaran HAM": "korban|korban ham|victims of human rights violations",
        "Pekerja migran": "migran|buruh migran|pmi|tki|migrant workers|pekerja migran indonesia",
        "Pembela HAM": "pembela|human rights defenders|defenders",
        "Anak berhadapan dengan hukum": "abh|anak yang berhadapan dengan hukum|children in contact with the law",
        "Lainnya": "lain|lain lain|other|others|umum|masyarakat umum",
    },
)
RIGHT_WORDS: Mapping[str, str] = _table(
    **{
        "Hak atas bantuan hukum": "bantuan hukum|right to legal aid|legal aid",
        "Hak atas informasi": "informasi|right to information|hak informasi|information",
        "Hak turut serta dalam pemerintahan": "turut serta dalam pemerintahan|turut serta|partisipasi|hak partisipasi"
        "|right to take part in government|hak atas partisipasi|civic participation|hak berpartisipasi",
        "Hak atas keberagaman dan pluralisme": "keberagaman|pluralisme|keberagaman dan pluralisme"
        "|right to diversity and pluralism",
        "Hak atas kependudukan": "kependudukan|administrasi kependudukan|right to civil registration",
        "Hak atas kesehatan": "kesehatan|hak kesehatan|right to health|health",
        "Hak atas pendidikan": "pendidikan|hak pendidikan|right to education|education",
        "Hak atas pekerjaan": "pekerjaan|hak pekerjaan|right to work|work",
        "Hak atas lingkungan yang baik dan sehat serta perumahan yang layak": "lingkungan|perumahan"
        "|perumahan yang layak"
        "|lingkungan hidup|lingkungan yang baik dan sehat|hak atas lingkungan|hak atas perumahan|housing"
        "|lingkungan yang baik dan sehat serta perumahan yang layak|hak atas lingkungan yang baik dan sehat"
        "|right to a healthy environment and adequate housing",
        "Hak perempuan dan anak": "perempuan dan anak|hak perempuan|hak anak|perempuan anak"
        "|rights of women and children",
    },
)

# How the names of offices and organisations begin.
OFFICE_HEADS = frozenset(
    "dinas din badan bappeda bapperida bappelitbangda bagian bag biro kantor kecamatan kec kelurahan kel inspektorat"
    " sekretariat setda setwan satpol satuan upt uptd puskesmas rsud rumah balai kementerian kemenag kejaksaan"
    " pengadilan polres polresta polda kodim lembaga yayasan yay perkumpulan perk forum komisi koperasi lsm lbh"
    " himpunan persatuan ikatan asosiasi universitas univ pusat pkk tim jaringan aliansi serikat perhimpunan"
    " persatuan gerakan komunitas karang bpjs bps baznas pt cv perusahaan kpu bawaslu dprd diskominfo dinsos dinkes"
    " disdik disdukcapil dukcapil disnaker dlh dpupr dp3a dpppa kesbangpol"
    " bakesbangpol desa nagari gampong distrik".split()
)

# One word that names an office by itself; "Dinas" or "Lembaga" alone does not.
OFFICE_WORDS = frozenset(
    "bappeda bapeda bapperida bappelitbang bappelitbangda bapelitbangda inspektorat setda setwan satpol polres polresta"
    " polda kodim kemenag kemenham kejaksaan rsud pkk bps baznas kpu bawaslu dprd diskominfo dinsos dinkes disdik"
    " disdikbud disdukcapil dukcapil disnaker disnakertrans dishub disperkim disperkimtan dispora disporapar disparbud"
    " dispar disbud distan disdag disperindag disperpusip diskop dinkop dlh dlhk dpupr pupr dp3a dp3akb dp3ap2kb dpppa"
    " dppkb dpmd dpmptsp bpbd bkpsdm bkd bpkad kesbangpol bakesbangpol kesbang pdam fkub".split()
)
# Words for many at once, or for nobody in particular: no office is called so.
NO_OFFICE = frozenset(
    "oms|lsm|ngo|ormas|opd|opd terkait|perangkat daerah|perangkat daerah terkait|instansi terkait|pihak terkait|dinas"
    "|dinas terkait|kelurahan|desa|kecamatan|camat|lurah|masyarakat|masyarakat sipil|warga|swasta|dunia usaha|mitra"
    "|mitra terkait|akademisi|perguruan tinggi|media|media massa|tokoh masyarakat|tokoh agama|tokoh adat|relawan"
    "|sekolah|organisasi masyarakat sipil|organisasi kemasyarakatan|lembaga terkait|stakeholder|stakeholder terkait"
    "|komunitas|perusahaan|pelaku usaha|puskesmas|posyandu|pemangku kepentingan|k l|kementerian lembaga".split(
        "|"
    )
)
MANY_WORDS = frozenset("seluruh semua setiap para tiap berbagai".split())

# Those of them that never go on with a name that has begun: not Desa, not Koperasi.
LIST_HEADS = OFFICE_HEADS - frozenset(
    "desa koperasi pusat rumah perusahaan karang tim persatuan komunitas gerakan dprd pt cv distrik".split()
)

MONTHS: Mapping[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "januari jan january jaanuari",
            "februari feb february pebruari peb",
            "maret mar march mrt",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "agustus agu agt ags aug august agust agus",
            "september sep sept",
            "oktober okt oct october",
            "november nov nopember nop",
            "desember des dec december",
        ),
        1,
    )
    for word in words.split()
}
ROMAN: Mapping[str, int] = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
SCALES: Mapping[str, int] = {
    **dict.fromkeys(("ribu", "rb", "ribuan", "thousand"), 1_000),
    **dict.fromkeys(("juta", "jt", "jutaan", "jta", "million", "mio"), 1_000_000),
    **dict.fromkeys(("miliar", "milyar", "milliar", "m", "mlr", "miliard", "billion", "bn"), 1_000_000_000),
    **dict.fromkeys(("triliun", "trilyun", "t", "trillion"), 1_000_000_000_000),
}
