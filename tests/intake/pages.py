"""A table taken through its pages by a looking client, as somebody without script does it."""

from collections.abc import Sequence
from io import BytesIO

from roadmap.history.models import Roadmap
from tests.page import LookingClient, Page

HEADINGS = (
    "No",
    "Permasalahan",
    "Rencana Aksi",
    "Indikator",
    "Target 2026",
    "Penanggung Jawab",
    "Catatan panitia",
)
CLEAN = (
    (
        "1",
        "Warga tuli belum terlayani",
        "Melatih petugas loket",
        "Jumlah petugas",
        "60",
        "Dinas Sosial",
        "meja 2",
    ),
    ("2", "Trotoar rusak di pusat kota", "Memperbaiki trotoar", "Panjang trotoar", "12", "Dinas Sosial", ""),
)
MISSPELT = (
    ("1", "Warga tuli belum terlayani", "Melatih petugas loket", "Jumlah petugas", "60", "Dinas Sosail", ""),
)
FAULTY = (
    (
        "1",
        "Warga tuli belum terlayani",
        "Melatih petugas loket",
        "Jumlah petugas",
        "entah",
        "Dinas Sosial",
        "",
    ),
    ("2", "Trotoar rusak di pusat kota", "Memperbaiki trotoar", "Panjang trotoar", "12", "Dinas Sosial", ""),
)
MOST_LOOKS = 400


def a_csv(rows: Sequence[Sequence[str]] = CLEAN, headings: Sequence[str] = HEADINGS) -> bytes:
    """Write rows as a file with semicolons."""
    return "\r\n".join(";".join(line) for line in (headings, *rows)).encode()


def until_done(client: LookingClient, page: Page) -> Page:
    """Follow "Lihat kemajuan" until the work is done."""
    for _ in range(MOST_LOOKS):
        if not page.has_region("intake-progress"):
            return page
        page = client.follow(page, "Lihat kemajuan")
    message = "the work does not end"
    raise AssertionError(message)


def bring(client: LookingClient, roadmap: Roadmap, content: bytes, name: str = "Matriks.csv") -> Page:
    """Send a file by the form of the first step."""
    page = client.get(f"/roadmaps/{roadmap.id}/intakes/new")
    return until_done(client, client.submit(page, "bring", {"file": (BytesIO(content), name)}))


def try_it(client: LookingClient, roadmap: Roadmap, content: bytes) -> Page:
    """Send a file and take its columns as they were guessed; a file that was written before is tried at once."""
    page = bring(client, roadmap, content)
    if not page.has_form("layout"):
        return page
    return until_done(client, client.submit(page, "layout", press="Coba dulu, belum ditulis"))


def write_it(client: LookingClient, page: Page, name: str | None = None) -> Page:
    """Go from a settled trial to the end."""
    page = client.follow(page, "Beri nama dan tulis")
    return until_done(client, client.submit(page, "write", {"name": name} if name is not None else {}))
