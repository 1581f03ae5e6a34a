"""What people write over the columns of a plan, in Indonesian and English, and what they mean by it. Data only.

A meaning is "kind:field". A star for the kind means that of the title column beside it; several kinds, parted by
a bar, mean the first of them that stands in the table. Phrases are folded: small letters, no marks, one space.
"""

_PHRASES: dict[str, str] = {
    "modality:title": (
        "modalitas; modal; aset; potensi; asset; assets; modality; modalities; modalitas daerah; nama modalitas; "
        "existing assets; sumber daya yang dimiliki; judul modalitas"
    ),
    "modality:owner": "pemilik; pemilik modalitas; pengelola; dikelola oleh; owner of asset; asset owner",
    "modality:modality_kind": "jenis modalitas; jenis aset; kind of asset; asset type",
    "modality:description": "uraian modalitas; keterangan modalitas",
    "problem:title": (
        "permasalahan; masalah; pokok masalah; isu; isu strategis; isu ham; rumusan masalah; permasalahan ham; "
        "pernyataan masalah; masalah pokok; problem; problems; issue; problem statement; masalah ringkas; "
        "permasalahan yang dihadapi; kondisi permasalahan; temuan; problem shortened; challenge; tantangan; "
        "masalah yang ingin diselesaikan; permasalahan yang dijawab; inti masalah; judul permasalahan"
    ),
    "problem:description": (
        "uraian masalah; uraian permasalahan; kondisi saat ini; keadaan sekarang; status quo; kondisi eksisting; "
        "current situation; problem description; baseline status quo; deskripsi masalah; penjelasan masalah; "
        "gambaran umum; latar belakang; background"
    ),
    "problem:cause": (
        "penyebab; penyebab masalah; akar masalah; akar permasalahan; sebab; faktor penyebab; cause; causes; "
        "root cause; penyebab ringkas; penyebab permasalahan"
    ),
    "problem:effect": "akibat; dampak; akibat masalah; dampak masalah; effect; effects; impact; konsekuensi",
    "problem:modalities": "modalitas yang menjawab; modalitas terkait",
    "problem:groups": "kelompok terdampak; affected groups; yang terdampak; kelompok rentan terdampak",
    "problem:proposer": "pengusul; diusulkan oleh; proposer; proposed by; pengangkat masalah",
    "problem:baseline_unit": "satuan data dasar; satuan baseline",
    "action:title": (
        "aksi; rencana aksi; aksi ham; rencana aksi ham; kegiatan; nama kegiatan; aksi kegiatan; tindakan; "
        "program kegiatan; nama aksi; judul aksi; uraian aksi; bentuk kegiatan; action; actions; activity; "
        "activities; measure to be taken; intervensi; rencana tindak lanjut; rtl; tindak lanjut; komitmen; "
        "commitment; commitments; rencana kegiatan; aksi yang dilakukan; planned action; aksi daerah; upaya; "
        "aksi ham daerah; judul rencana aksi; judul komitmen"
    ),
    "action:description": (
        "uraian kegiatan; tahapan; langkah langkah; rincian kegiatan; solusi; sub kegiatan aksi; sub actions; "
        "sub actions seen; deskripsi aksi; action description; rincian aksi; tahapan kegiatan; sub aksi; "
        "yang akan dilakukan; metode; solution; daftar aksi; yang telah dilakukan sejauh ini"
    ),
    "action:expected_result": (
        "hasil yang ingin dicapai; hasil yang diharapkan; hasil; keluaran; output; outcome; tujuan; sasaran; "
        "expected result; expected results; aims; aim; objective; objectives; goal; goals; luaran; manfaat; "
        "hasil akhir; sasaran aksi; tujuan aksi; outputs; outcomes"
    ),
    "action:success_criteria": "kriteria keberhasilan; kriteria; tolok ukur; tolak ukur; success criteria; criteria",
    "action:problems": "permasalahan yang ditangani; masalah terkait; masalah nomor; nomor masalah",
    "action:modalities": "modalitas yang dipakai; modalitas yang digunakan",
    "action:lead": (
        "penanggung jawab; penanggungjawab; penanggung jawab utama; pj; opd; skpd; perangkat daerah; "
        "opd penanggung jawab; perangkat daerah penanggung jawab; perangkat daerah pelaksana; opd pelaksana; "
        "pelaksana; instansi; instansi pelaksana; instansi penanggung jawab; leading sector; lead; lead agency; "
        "lead institution; relevant agency; responsible; responsible agency; responsible institution; "
        "pemerintah; owners government; kementerian lembaga; k l; unit kerja; koordinator; opd pengampu; "
        "pengampu; perangkat daerah pengampu; responsible party; owner; dinas; penanggung jawab kegiatan; "
        "responsibility; opd utama; pic; lembaga penanggung jawab; penanggung jawab aksi"
    ),
    "action:supporting": (
        "pendukung; oms; pendukung oms; pendukung dan oms; mitra; opd pendukung; instansi terkait; opd terkait; "
        "pihak terkait; organisasi masyarakat sipil; perangkat daerah pendukung; instansi pendukung; others; "
        "supporting; supporting agencies; partners; partner; owners civil society; civil society; "
        "institutions involved; kolaborator; pelibatan; pihak yang terlibat; mitra oms; lembaga terkait; "
        "other actors; stakeholder; pemangku kepentingan; instansi vertikal; pelaksana pendukung; mitra kerja"
    ),
    "action:starts_on": (
        "mulai; tanggal mulai; waktu mulai; tahun mulai; tahun awal; mulai tahun; start year; start; start date; "
        "from; awal; bulan mulai"
    ),
    "action:ends_on": (
        "selesai; tanggal selesai; waktu selesai; tahun selesai; tahun akhir; "
        "selesai tahun; end year; end; end date; completion; completion date; tenggat; "
        "batas waktu; target waktu; deadline; due date; target selesai; waktu penyelesaian; akhir; "
        "target penyelesaian; bulan selesai"
    ),
    "action:period": (
        "waktu; waktu pelaksanaan; jadwal; jadwal pelaksanaan; periode; period; timeline; time frame; timeframe; "
        "tahun pelaksanaan; kurun waktu; jangka waktu; pelaksanaan; tahun; schedule; waktu kegiatan"
    ),
    "action:budget": (
        "pagu; anggaran; pagu anggaran; pagu indikatif; biaya; dana; kebutuhan dana; kebutuhan anggaran; "
        "alokasi anggaran; budget; cost; estimated cost; perkiraan biaya; jumlah anggaran; besaran anggaran; "
        "indikasi pendanaan; pendanaan; total anggaran; rp; nilai anggaran; rencana anggaran; anggaran rp; "
        "pagu rp; kerangka pendanaan; alokasi"
    ),
    "action:budget:source": (
        "sumber dana; sumber anggaran; sumber pendanaan; sumber pembiayaan; funding source; source of funds; "
        "asal dana; source of funding"
    ),
    "action:realisation": (
        "realisasi; realisasi anggaran; realisasi keuangan; realisation; spent; realisasi rp; serapan; "
        "penyerapan anggaran; expenditure"
    ),
    "action:groups": (
        "kelompok sasaran; sasaran kelompok; penerima manfaat; target group; target groups; beneficiaries; "
        "kelompok rentan; kelompok penerima manfaat; untuk siapa; kelompok marjinal"
    ),
    "action:priority": "prioritas; priority; tingkat prioritas; skala prioritas",
    "action:code": "kode; kode aksi; id; kode kegiatan; reference; ref; nomor aksi; kode rencana aksi",
    "action:subactivity_codes": (
        "kode sub kegiatan; kode subkegiatan; kode rekening; kode nomenklatur; nomenklatur; kode sub keg; "
        "kode sub kegiatan sipd"
    ),
    "action:sub": "sub kegiatan; subkegiatan; nama sub kegiatan; program; kegiatan sub kegiatan",
    "action:planning_links": (
        "rpjmd; keterkaitan rpjmd; program rpjmd; keterkaitan perencanaan; rkpd; renstra; renja; "
        "keterkaitan dengan rpjmd; planning links; dokumen perencanaan; program prioritas; program opd"
    ),
    "action:origin": "asal usulan; asal; origin; sumber usulan",
    "action:origin_reference": "rujukan; rujukan asal usulan; dasar; dokumen rujukan; rekomendasi",
    "action:status": (
        "status pelaksanaan; status aksi; capaian pelaksanaan; progres; progress; implementation status; "
        "perkembangan"
    ),
    "action:status_reason": "alasan; alasan status; kendala; hambatan; obstacles; keterangan status",
    "action:superseded_by": "digantikan oleh; superseded by; pengganti",
    "indicator:title": (
        "indikator; ukuran keberhasilan; indikator kinerja; indikator keberhasilan; ukuran; indikator aksi; "
        "indikator capaian; indicator; indicators; measure; measures; performance indicator; ikk; iku; "
        "indikator output; indikator outcome; indikator hasil; indikator program; indikator kegiatan; "
        "ukuran kinerja; key performance indicator; kpi; ukuran capaian; milestone; milestones; "
        "ukuran keberhasilan k l; ukuran keberhasilan oms; verifiable milestone; indikator sub kegiatan"
    ),
    "indicator:unit": (
        "satuan; unit; satuan ukur; satuan target; unit of measure; satuan indikator; sat; data dasar satuan; "
        "baseline satuan; target satuan"
    ),
    "indicator:targets": (
        "target; target per tahun; target tahunan; target kinerja; target capaian; targets; target tahun; "
        "target volume; volume; sasaran tahunan"
    ),
    "indicator:indicator_kind": "jenis indikator; type of indicator; indicator kind; tipe indikator",
    "indicator:direction": "arah; direction; polaritas; arah indikator",
    "indicator:aggregation": "cara menjumlah; cara hitung; aggregation; sifat target; akumulasi",
    "indicator:party": "pihak; party; pihak pelaksana ukuran; ukuran untuk",
    "indicator:parent": "aksi nomor; nomor rencana aksi; commitment number; nomor komitmen; komitmen nomor",
    "section:title": "judul bab; bab; chapter; section",
    "section:body": "isi bab; isi; teks; body; chapter text",
    "*:title": "judul; title; nama; name",
    "*:description": "uraian; deskripsi; description; penjelasan; keterangan; rincian; catatan; detail; remarks",
    "*:rights": (
        "hak; hak terkait; jenis hak; bidang hak; kategori hak; right; rights; human right; human rights; hak ham; "
        "rumpun hak; kelompok hak; hak asasi; hak yang dipenuhi"
    ),
    "*:groups": "kelompok; kelompok terkait; groups; group; vulnerable groups",
    "*:area": (
        "wilayah; lokasi; lokus; kecamatan; desa; kelurahan; desa kelurahan; tempat; location; area; "
        "lokasi kegiatan; wilayah sasaran; place"
    ),
    "*:evidence": (
        "bukti; data dukung; bukti dukung; dokumen pendukung; evidence; tautan; link; tautan bukti; link bukti; "
        "eviden; means of verification; link data dukung; sumber verifikasi; alat verifikasi"
    ),
    "*:line": "kode baris; line code",
    "*:number": "no; nomor; no urut; nr; number; nomor urut; num; uk; no aksi",
    "indicator|problem:baseline": (
        "baseline; data dasar; data awal; kondisi awal; angka awal; capaian awal; nilai awal; base line; "
        "kondisi kinerja awal; data dasar baseline; earlier; starting value; data baseline; kondisi dasar; "
        "data dasar nilai; baseline nilai; data dasar angka; baseline value"
    ),
    "indicator|problem:baseline_source": (
        "sumber data; sumber data dasar; sumber baseline; data source; sumber; source of data; data dasar sumber; "
        "baseline sumber"
    ),
    "indicator|problem:baseline_year": (
        "tahun baseline; tahun data dasar; baseline year; tahun dasar; tahun data awal; data dasar tahun; "
        "baseline tahun"
    ),
    "modality|action:status": "status",
    "modality|indicator:kind": "jenis; kind; type; tipe; bentuk",
}

MEANINGS: dict[str, str] = {
    phrase: meaning for meaning, phrases in _PHRASES.items() for phrase in phrases.split("; ")
}

# Too common inside a longer heading to mean a column by themselves.
WEAK = frozenset(
    "nama judul hasil tahun dasar awal akhir program sumber unit jenis bentuk tujuan dampak dana target bukti "
    "catatan detail upaya waktu from start name title type kind group area place volume status rincian modal "
    "keterangan kelompok selesai mulai body teks temuan data kegiatan pelaksanaan alasan tempat desa dinas".split()
)

# Words of a heading that say how large its amounts are.
SCALES: dict[str, int] = {
    "ribu": 1_000,
    "ribuan": 1_000,
    "rb": 1_000,
    "thousand": 1_000,
    "thousands": 1_000,
    "juta": 1_000_000,
    "jutaan": 1_000_000,
    "jt": 1_000_000,
    "million": 1_000_000,
    "millions": 1_000_000,
    "miliar": 1_000_000_000,
    "milyar": 1_000_000_000,
    "billion": 1_000_000_000,
}

# The longer ones first: a province's budget is not the city's.
SOURCE_PHRASES: dict[str, str] = {
    "apbd provinsi": "apbd_provinsi",
    "apbd prov": "apbd_provinsi",
    "bantuan keuangan": "bankeu",
    "dana alokasi khusus": "dak",
    "dana desa": "dana_desa",
    "tanpa anggaran": "tanpa",
    "non anggaran": "tanpa",
    "mitra pembangunan": "oms",
    "apbd": "apbd",
    "apbn": "apbn",
    "dak": "dak",
    "dbhcht": "dbhcht",
    "dbh cht": "dbhcht",
    "bankeu": "bankeu",
    "apbdes": "dana_desa",
    "hibah": "hibah",
    "csr": "csr",
    "tjsl": "csr",
    "oms": "oms",
    "mitra": "oms",
}

MONEY_WORDS = frozenset("rp rupiah pagu anggaran dana biaya budget cost pendanaan idr".split())
TARGET_WORDS = frozenset("target targets sasaran kinerja volume".split())
REALISED_WORDS = frozenset("realisasi realisation realised terpakai spent serapan capaian".split())
# What stands over the first column of a table that stands on its side.
FIELD_WORDS = frozenset({"field", "fields", "isian", "kolom", "bagian", "butir", "unsur", "item", "aspek"})
