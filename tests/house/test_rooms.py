"""The laws of the rooms: who may import whom, in which order inside a room, what the doorplates say, where no Flask is."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2] / "roadmap"

# From the bottom up. Rooms on one floor do not know one another.
FLOORS: tuple[frozenset[str], ...] = (
    frozenset({"clock", "config", "errors", "extensions", "mail", "resources", "work"}),
    frozenset({"text"}),
    frozenset({"web"}),
    frozenset({"people"}),
    frozenset({"history"}),
    frozenset({"plan"}),
    frozenset({"discussion", "proposals", "review", "presence", "frameworks", "monitoring"}),
    frozenset({"timeline"}),
    frozenset({"activity"}),
    frozenset({"exchange"}),
    frozenset({"intake"}),
    frozenset({"search"}),
    frozenset({"publication"}),
    frozenset({"desk"}),
    frozenset({"demo"}),
    frozenset({"operation"}),
    frozenset({"cli", "mailing"}),
)
FLOOR_OF = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}

# Inside a room, where a file or a folder of files has one of these names.
ORDER: tuple[frozenset[str], ...] = (
    frozenset({"models", "errors", "events"}),
    frozenset({"kinds", "rules"}),
    frozenset({"queries", "access"}),
    frozenset({"operations"}),
    frozenset({"forms"}),
    frozenset({"listeners", "echoes"}),
    frozenset({"views"}),
    frozenset({"wiring"}),
)
PLACE_OF = {name: number for number, names in enumerate(ORDER) for name in names}
KNOWS_NO_REQUEST = frozenset({"operations", "rules", "queries", "merge", "models", "access"})
ROOMS = sorted(path.parent.name for path in HOUSE.glob("*/__init__.py"))


@cache
def imports_of(path: Path) -> tuple[tuple[int, str], ...]:
    """Give line and full name of everything a file imports."""
    return tuple(_imports(ast.parse(path.read_text())))


def _imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: say the whole name, from the house's door"
            yield from ((node.lineno, f"{node.module}.{name.name}") for name in node.names)


def files() -> list[Path]:
    return [path for path in sorted(HOUSE.rglob("*.py")) if path.parent != HOUSE or path.stem in FLOOR_OF]


def room_of(path: Path) -> str:
    part = path.relative_to(HOUSE).parts[0]
    return part.removesuffix(".py")


def place_in_room(path: Path) -> str:
    """The part of the room a file belongs to: operations/deciding.py belongs to operations."""
    parts = path.relative_to(HOUSE).parts
    return parts[1].removesuffix(".py") if len(parts) > 1 else ""


def house_parts(name: str) -> list[str]:
    parts = name.split(".")
    return parts[1:] if parts[0] == "roadmap" else []


def test_every_room_has_its_floor() -> None:
    homeless = [room for room in ROOMS if room not in FLOOR_OF]
    assert not homeless, f"say in FLOORS (and in design 3) where these rooms stand: {homeless}"


def test_rooms_import_downwards_only() -> None:
    wrong = []
    for path in files():
        room = room_of(path)
        for line, name in imports_of(path):
            parts = house_parts(name)
            if not parts or parts[0] == room or parts[0] == "create_app":
                continue
            if FLOOR_OF.get(parts[0], 99) >= FLOOR_OF[room] and not _on_the_ground(room, parts[0]):
                wrong.append(f"{path.relative_to(HOUSE)}:{line} {room} -> {parts[0]}")
    assert not wrong, (
        "a room asks only the rooms below it; upwards it speaks by events (work.tell) or through a slot:\n"
        + "\n".join(wrong)
    )


def _on_the_ground(room: str, other: str) -> bool:
    return FLOOR_OF[room] == FLOOR_OF.get(other) == 0


def test_inside_a_room_files_keep_their_order() -> None:
    wrong = []
    for path in files():
        room, place = room_of(path), place_in_room(path)
        if place not in PLACE_OF:
            continue
        for line, name in imports_of(path):
            parts = house_parts(name)
            if len(parts) > 1 and parts[0] == room and PLACE_OF.get(parts[1], -1) > PLACE_OF[place]:
                wrong.append(f"{path.relative_to(HOUSE)}:{line} {place} -> {parts[1]}")
    order = " → ".join("/".join(sorted(names)) for names in ORDER)
    assert not wrong, f"inside a room files ask in this order: {order}\n" + "\n".join(wrong)


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_has_a_doorplate(room: str) -> None:
    plate = ast.get_docstring(ast.parse((HOUSE / room / "__init__.py").read_text())) or ""
    assert len(plate.splitlines()) >= 3, (
        f"{room}/__init__.py: say what lives here, its words, its verbs, whom it asks"
    )
    assert "Words:" in plate, f"{room}/__init__.py: name the room's words"


def test_what_decides_knows_no_request() -> None:
    wrong = [
        f"{path.relative_to(HOUSE)}:{line} {name}"
        for path in files()
        if place_in_room(path) in KNOWS_NO_REQUEST
        for line, name in imports_of(path)
        if name.split(".")[0].startswith("flask")
    ]
    assert not wrong, (
        "verbs, rules, queries and models take the acting person as an argument and import nothing of Flask:\n"
        + "\n".join(wrong)
    )


def test_only_the_renderer_imports_markdown_and_its_walls() -> None:
    walls = {"markdown", "bleach", "nh3"}
    wrong = [
        f"{path.relative_to(HOUSE)}:{line} {name}"
        for path in files()
        if path != HOUSE / "text" / "markdown.py"
        for line, name in imports_of(path)
        if name.split(".")[0] in walls
    ]
    assert not wrong, "one renderer: call text.markdown.render\n" + "\n".join(wrong)


def test_the_environment_is_read_in_one_place() -> None:
    wrong = [
        str(path.relative_to(HOUSE))
        for path in files()
        if path.name != "config.py" and "os.environ" in path.read_text()
    ]
    assert not wrong, f"settings come from Config: {wrong}"


def test_the_clock_is_read_in_one_place() -> None:
    wrong = [
        f"{path.relative_to(HOUSE)}:{node.lineno}"
        for path in files()
        if path != HOUSE / "clock.py"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and node.attr in {"now", "today", "utcnow"}
        and isinstance(node.value, ast.Name)
        and node.value.id in {"datetime", "date"}
    ]
    assert not wrong, f"ask roadmap.clock.now(), which can be made to stand still: {wrong}"
