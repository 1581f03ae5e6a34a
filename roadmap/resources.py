"""Where the files that lie outside the package are found: beside it in a checkout, inside it in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """Find `templates`, `static` or `migrations`. Raises FileNotFoundError when the installation is broken."""
    for root in (_PACKAGE / "_files", _PACKAGE.parent):
        if (root / name).is_dir():
            return root / name
    raise FileNotFoundError(name)
