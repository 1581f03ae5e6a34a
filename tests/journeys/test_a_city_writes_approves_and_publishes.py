"""From an empty page to a published edition, through the door: with JavaScript, without it, and by keyboard alone."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from roadmap.extensions import db
from roadmap.history.check import faults_of
from roadmap.history.models import Roadmap
from roadmap.people import operations
from roadmap.people.roles import Role
from roadmap.work import unit_of_work
from tests.browser import DESK, PHONE
from tests.journeys.visitor import Visitor

PASSWORD = "tiga kucing oranye di atap"
OFFICES = (
    ("Dinas Komunikasi dan Informatika", "Perangkat daerah (OPD)"),
    ("Dinas Sosial", "Perangkat daerah (OPD)"),
    ("Perkumpulan Contoh Setara", "Organisasi masyarakat sipil (OMS)"),
)
MODALITIES = ("Peraturan daerah tentang penyandang disabilitas", "Forum warga peduli hak asasi")
PROBLEMS = (
    "Belum ada kanal pengaduan yang aksesibel",
    "Masih rendahnya partisipasi perempuan dalam musrenbang",
)
ACTIONS = (
    ("Menyediakan kanal pengaduan berbahasa isyarat", PROBLEMS[0], OFFICES[0][0], "420.000.000"),
    ("Melatih 60 petugas layanan", PROBLEMS[0], OFFICES[1][0], "75.000.000"),
    ("Menyusun petunjuk musrenbang inklusif", PROBLEMS[1], OFFICES[1][0], "50.000.000"),
)
TITLE = "Peta Jalan Kota HAM 2026–2030"


@dataclass
class Town:
    """The people of the journey, each at a browser of their own."""

    new: Callable[..., Visitor]
    admin: Visitor
    links: dict[str, str] = field(default_factory=dict)


@pytest.fixture
def admin_email(app):
    with app.app_context(), unit_of_work():
        city = operations.create_region("Contoh", "kota", "Provinsi Contoh")
        adi = operations.create_person("Adi Nugroho", "adi@contoh.example", PASSWORD)
        operations.give_membership(None, adi, Role.ADMIN, city.id)
    return "adi@contoh.example"


WAYS = {
    "script": {"js": True, "looks": True},
    "no script": {"js": False},
    "keyboard": {"js": True, "by_keyboard": True},
}


@pytest.mark.browser
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
@pytest.mark.engines("sqlite")  # what the engines do alike is shown below the browser, on both
def test_a_city_writes_its_roadmap_and_everybody_reads_what_was_approved(app, page_of, admin_email, way):
    seen: set[str] = set()
    found: list[str] = []

    def new(size: tuple[int, int] = DESK) -> Visitor:
        page = page_of(size, js=way["js"])
        return Visitor(page, way.get("by_keyboard", False), way["js"], way.get("looks", False), seen, found)

    town = Town(new, new())
    _the_administrator_invites(town, admin_email)
    rina = _joins(town, "rina@contoh.example", "Rina Wulandari")
    dodi = _joins(town, "dodi@contoh.example", "Dodi Pranata")
    maria = _joins(town, "maria@contoh.example", "Maria Lestari")
    wali = _joins(town, "wali@contoh.example", "Ratna Kusuma", size=PHONE)
    _the_drafter_writes(rina)
    _two_people_edit_one_action(rina, dodi)
    _submits(rina)
    _the_mentor_returns_it_with_reasons(maria)
    _it_is_improved(rina)
    _submits(rina)
    _the_mentor_passes_it(maria)
    _is_sent_on(rina)
    _the_mayor_approves_on_a_telephone(wali)
    _it_is_adopted(rina)
    _everybody_reads_exactly_that(town, rina)
    assert found == []
    with app.app_context():
        assert [list(faults_of(roadmap)) for roadmap in db.session.query(Roadmap)] == [[]]


def _sign_in(visitor: Visitor, email: str) -> None:
    visitor.open("/sign-in")
    visitor.fill("Alamat surel", email)
    visitor.fill("Kata sandi", PASSWORD)
    visitor.press("Masuk")


def _the_administrator_invites(town: Town, email: str) -> None:
    admin = town.admin
    _sign_in(admin, email)
    admin.open("/regions/1/organisations")
    for name, kind in OFFICES:
        admin.open("/regions/1/organisations/new")
        admin.fill("Nama lengkap", name)
        admin.choose("Jenis", kind)
        admin.press("Tambahkan")
    for emails, role in (
        ("rina@contoh.example, dodi@contoh.example", "Penyusun"),
        ("maria@contoh.example", "Mentor"),
        ("wali@contoh.example", "Pimpinan"),
    ):
        admin.open("/regions/1/people")
        admin.follow("Undang orang")
        admin.fill("Alamat surel", emails)
        admin.tick(role)
        admin.tick("Tautan dan kode QR, tanpa surel")
        admin.press("Undang")
        assert admin.heading == "Tautan sekali pakai"
        for address in emails.split(", "):
            box = admin.page.get_by_label(f"Tautan untuk {address}", exact=True)
            town.links[address] = "/" + box.input_value().split("/", 3)[3]


def _joins(town: Town, email: str, name: str, size: tuple[int, int] = DESK) -> Visitor:
    visitor = town.new(size)
    visitor.open(town.links[email])
    visitor.fill("Nama Anda", name)
    visitor.fill("Kata sandi", PASSWORD)
    visitor.press("Buat akun dan terima")
    assert name in visitor.page.locator("body").inner_html()
    return visitor


def _the_drafter_writes(rina: Visitor) -> None:
    rina.open("/roadmaps")
    rina.follow("Buat peta jalan Kota Contoh")
    rina.fill("Judul peta jalan", TITLE)
    rina.fill("Tahun awal", "2026")
    rina.fill("Tahun akhir", "2030")
    rina.fill("Visi dan tujuan", "Setiap warga terlayani tanpa dibedakan.")
    rina.press("Buat peta jalan")
    assert rina.heading == TITLE
    for kind, titles in (("modalities", MODALITIES), ("problems", PROBLEMS)):
        for title in titles:
            rina.open(f"/roadmaps/1/{kind}/new")
            rina.fill("Modalitas" if kind == "modalities" else "Permasalahan", title)
            rina.press("Simpan")
            assert rina.heading == title
    for number, action in enumerate(ACTIONS, 1):
        _writes_an_action(rina, number, action)
    rina.open("/roadmaps/1")
    for title in (*PROBLEMS, *(action[0] for action in ACTIONS)):
        assert title in rina.text


def _writes_an_action(rina: Visitor, number: int, action: tuple[str, str, str, str]) -> None:
    title, problem, office, amount = action
    rina.open("/roadmaps/1/actions/new")
    rina.fill("Rencana aksi", title)
    rina.tick(problem)
    rina.fill("Penanggung jawab utama", office)
    rina.unfold("Waktu")
    rina.choose("Bulan", "Januari", group="Mulai")
    rina.fill("Tahun", "2026", group="Mulai")
    rina.fill("Tahun", "2027", group="Selesai")
    rina.unfold("Anggaran")
    rina.fill("Tahun 1", "2026", group="Anggaran, baris 1")
    rina.choose("Sumber dana 1", "APBD kabupaten/kota", group="Anggaran, baris 1")
    rina.fill("Jumlah (Rp) 1", amount, group="Anggaran, baris 1")
    rina.press("Simpan")
    assert rina.heading == title
    rina.open(f"/actions/{number}/indicators/new")
    rina.fill("Ukuran keberhasilan", f"Ukuran {number}")
    rina.fill("Satuan", "kecamatan")
    rina.fill("Angka", "0", group="Data dasar")
    rina.fill("Target 1", "6", group="Target per tahun, baris 1")
    rina.press("Simpan")
    assert f"Ukuran {number}" in rina.text


def _two_people_edit_one_action(rina: Visitor, dodi: Visitor) -> None:
    rina.open("/actions/1/edit")
    dodi.open("/actions/1/edit")
    dodi.fill("Hasil yang ingin dicapai", "Setiap pengaduan dijawab dalam lima hari.")
    dodi.press("Simpan")
    rina.fill("Wilayah", "Seluruh kecamatan")
    rina.press("Simpan")
    assert "Setiap pengaduan dijawab dalam lima hari." in rina.text
    assert "Seluruh kecamatan" in rina.text
    rina.open("/actions/1/edit")
    dodi.open("/actions/1/edit")
    dodi.fill("Wilayah", "Dua kecamatan")
    dodi.press("Simpan")
    rina.fill("Wilayah", "Tiga kecamatan")
    rina.press("Simpan")
    assert rina.heading == "Satu isian diubah bersamaan"
    assert "Dodi Pranata menyimpan lebih dulu" in rina.text
    rina.tick("Tulisan Anda")
    rina.press("Simpan pilihan")
    assert "Tiga kecamatan" in rina.text


def _submits(rina: Visitor) -> None:
    rina.open("/roadmaps/1/stages")
    rina.press("Ajukan rancangan ini")
    assert "Giliran mentor" in rina.text


def _the_mentor_returns_it_with_reasons(maria: Visitor) -> None:
    maria.open("/tasks")
    maria.page.locator("main").get_by_role("link").filter(has_text="Telaah").first.wait_for()
    maria.open("/submissions/1")
    maria.tick("Kembalikan untuk diperbaiki")
    maria.fill("Catatan", "Sebutkan juru bahasa isyarat pada kanal pengaduan.")
    maria.press("Kirim putusan")
    assert "Sebutkan juru bahasa isyarat pada kanal pengaduan." in _story(maria)


def _story(visitor: Visitor) -> str:
    visitor.open("/roadmaps/1/stages")
    return visitor.page.locator("main").inner_text()


def _it_is_improved(rina: Visitor) -> None:
    assert "Sebutkan juru bahasa isyarat" in _story(rina)
    rina.open("/actions/1/edit/expected_result")
    rina.fill("Hasil yang ingin dicapai", "Pengaduan dijawab dalam lima hari, dengan juru bahasa isyarat.")
    rina.press("Simpan")
    rina.page.get_by_text("dengan juru bahasa isyarat").first.wait_for()


def _the_mentor_passes_it(maria: Visitor) -> None:
    maria.open("/submissions/2")
    assert "dengan juru bahasa isyarat" in maria.text
    maria.tick("Lolos, teruskan ke tahap berikutnya")
    maria.press("Kirim putusan")


def _is_sent_on(rina: Visitor) -> None:
    rina.open("/roadmaps/1/stages")
    if rina.page.get_by_label("Tetap ajukan dengan").count():
        rina.tick("Tetap ajukan dengan")
    rina.press("Kirim ke meja Wali Kota")
    assert "di meja Wali Kota" in rina.text


def _the_mayor_approves_on_a_telephone(wali: Visitor) -> None:
    wali.open("/roadmaps/1/brief")
    assert TITLE in wali.heading
    wali.follow("Setujui…")
    wali.fill("Kata sandi Anda", PASSWORD)
    wali.press(wali.page.get_by_role("button").filter(has_text="Setujui Rancangan").inner_text().strip())
    assert "Disetujui" in _story(wali)


def _it_is_adopted(rina: Visitor) -> None:
    rina.open("/roadmaps/1/stages")
    rina.follow("Catat penetapan")
    rina.tick("Peraturan Wali Kota")
    rina.fill("Nomor", "12 Tahun 2026")
    rina.fill("Tanggal penetapan", "2026-11-02")
    rina.fill("Tentang", "Peta Jalan Kota HAM Tahun 2026–2030")
    rina.press("Catat penetapan")


def _everybody_reads_exactly_that(town: Town, rina: Visitor) -> None:
    anybody = town.new(PHONE)
    anybody.open("/")
    anybody.follow(TITLE)
    address = anybody.page.url
    published = anybody.page.locator("main").text_content() or ""
    for words in (
        TITLE,
        *PROBLEMS,
        *(action[0] for action in ACTIONS),
        "12 Tahun 2026",
    ):
        assert words in published
    link = anybody.page.locator("main").get_by_role("link").filter(has_text=ACTIONS[0][0]).first
    anybody.open(str(link.get_attribute("href")))
    assert "dengan juru bahasa isyarat" in anybody.text
    anybody.open(address)
    rina.open("/actions/1/edit/title")
    rina.fill("Rencana aksi", "Judul yang belum disetujui siapa pun")
    rina.press("Simpan")
    rina.page.get_by_text("Judul yang belum disetujui siapa pun").first.wait_for()
    anybody.page.reload()
    assert anybody.page.locator("main").text_content() == published
