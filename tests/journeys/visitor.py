"""A person at a browser: by mouse or by keyboard alone, with or without JavaScript, and axe looking along.

Words are those on the screen: `fill("Rencana aksi", "…")`, `press("Simpan")`, `follow("Isi")`. By keyboard
every box, button and link is reached with Tab and used with Enter, Space, arrows and typing only.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser import DESK, PHONE, barriers, barriers_of_colour

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from playwright.sync_api import FileChooser, Locator, Page

MOST_TABS = 600
DIALOG_PATIENCE_MS = 4_000
THEMES = ("light", "dark")


@dataclass
class Visitor:
    """Somebody's hands and eyes."""

    page: "Page"
    by_keyboard: bool = False
    scripted: bool = True
    looks: bool = False
    seen: set[str] = field(default_factory=set)
    found: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        """Type an address, as from a mail or a chat."""
        self.page.goto(address)
        self._look()

    def fill(self, label: str, text: str, group: str | None = None) -> None:
        """Write into a box, in a named group of boxes where labels repeat."""
        box = self._labelled(label, group)
        if not self.by_keyboard:
            box.fill(text)
            return
        self._tab_to(box)
        if box.get_attribute("type") == "date":
            # The box of an Indonesian browser takes day, month, year.
            self.page.keyboard.type("".join(reversed(text.split("-"))))
            return
        self.page.keyboard.press("Control+a")
        self.page.keyboard.press("Delete")
        self.page.keyboard.insert_text(text)

    def choose(self, label: str, option: str, group: str | None = None) -> None:
        """Choose from a list."""
        box = self._labelled(label, group)
        if not self.by_keyboard:
            box.select_option(label=option)
            return
        self._tab_to(box)
        self.page.keyboard.press("Home")
        self.page.keyboard.type(option, delay=5)
        assert (box.locator("option:checked").text_content() or "").strip() == option

    def tick(self, label: str, group: str | None = None) -> None:
        """Tick a box or choose a radio."""
        box = self._labelled(label, group)
        if not self.by_keyboard:
            box.check()
            return
        if box.get_attribute("type") == "radio":
            self._choose_radio(box)
        else:
            self._tab_to(box)
            if not box.is_checked():
                self.page.keyboard.press("Space")
        assert box.is_checked()

    def attach(self, label: str, path: Path) -> None:
        """Choose a file."""
        box = self._labelled(label, None)
        if not self.by_keyboard:
            box.set_input_files(path)
            return
        self._tab_to(box)
        # A busy machine now and then loses the dialog that a key opens; one presses another, as a person would.
        chooser = self._dialog("Enter") or self._dialog("Space") or self._dialog("Enter")
        assert chooser is not None, f"no key opens the dialog of {label}"
        chooser.set_files(path)

    def _dialog(self, key: str) -> "FileChooser | None":
        from playwright.sync_api import TimeoutError as TookTooLong

        try:
            with self.page.expect_file_chooser(timeout=DIALOG_PATIENCE_MS) as chooser:
                self.page.keyboard.press(key)
            return chooser.value
        except TookTooLong:
            return None

    def press(self, name: str, within: str = "main") -> None:
        """Press a button; the page that comes is looked at."""
        button = self._one(self.page.locator(within).get_by_role("button", name=name, exact=True))
        self._use(button, "Enter")

    def follow(self, name: str, within: str = "body") -> None:
        """Follow a link."""
        self._use(self._one(self.page.locator(within).get_by_role("link", name=name, exact=True)), "Enter")

    def unfold(self, name: str) -> None:
        """Open a folded part."""
        summary = self._one(self.page.locator("summary").filter(has=self.page.get_by_text(name, exact=True)))
        if self.by_keyboard:
            self._tab_to(summary)
            self.page.keyboard.press("Enter")
        else:
            summary.click()

    @property
    def text(self) -> str:
        """All words of the page."""
        return self.page.locator("body").inner_text()

    @property
    def heading(self) -> str:
        """The heading of the page."""
        return self.page.locator("h1").inner_text().strip()

    def _use(self, control: "Locator", key: str) -> None:
        if self.by_keyboard:
            self._tab_to(control)
        # What htmx answers stays on the page; everything else leads to another one.
        in_place = self.scripted and control.evaluate(
            "e => [e, e.form].some(x => x && x.matches('[hx-get], [hx-post]'))"
        )
        with self._an_answer() if in_place else self.page.expect_navigation():
            self.page.keyboard.press(key) if self.by_keyboard else control.click()
        if in_place:
            self.page.wait_for_function("() => !document.querySelector('.htmx-request')")
        self._look()

    def _an_answer(self) -> "AbstractContextManager[object]":
        return self.page.expect_response(lambda answer: answer.request.resource_type in {"fetch", "xhr"})

    def _labelled(self, label: str, group: str | None) -> "Locator":
        where = self.page.locator("main")
        if group:
            where = self._one(where.get_by_role("group", name=group, exact=True))
        exact = where.get_by_label(label, exact=True)
        # A label may go on: "Nama lengkap (wajib)".
        return self._one(exact if exact.count() else where.get_by_label(re.compile(f"^{re.escape(label)}")))

    def _one(self, found: "Locator") -> "Locator":
        """Take the first that is shown; a header holds its links twice, for wide and for narrow."""
        for index in range(found.count()):
            if found.nth(index).is_visible():
                return found.nth(index)
        found.first.wait_for(state="visible")
        return found.first

    def _tab_to(self, wanted: "Locator") -> None:
        for _ in range(MOST_TABS):
            if wanted.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        message = f"the keyboard does not reach {wanted}"
        raise AssertionError(message)

    def _choose_radio(self, wanted: "Locator") -> None:
        """Tab into the group, then go to the radio with the arrows, as one does."""
        same_group = "element => element.name === document.activeElement.name"
        for _ in range(MOST_TABS):
            if wanted.evaluate(same_group):
                break
            self.page.keyboard.press("Tab")
        self.page.keyboard.press("Space")
        for _ in range(20):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        message = f"the arrows do not reach {wanted}"
        raise AssertionError(message)

    def _look(self) -> None:
        """Have axe look at a kind of page the first time it is met: both themes, telephone and desk."""
        if not self.looks:
            return
        kind = re.sub(
            r"\d+|[0-9a-f-]{20,}|(?<=invitations/)[^/?]+", "#", self.page.url.split("?")[0].split("#")[0]
        )
        if kind in self.seen:
            return
        self.seen.add(kind)
        was = self.page.viewport_size
        for width, height in (PHONE, DESK):
            self.page.set_viewport_size({"width": width, "height": height})
            for theme in THEMES:
                # A colour on its way from one theme to the other is no colour that anybody reads.
                self.page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
                look = barriers if theme == THEMES[0] else barriers_of_colour
                self.found += [f"{kind} {width} {theme}: {one}" for one in look(self.page)]
        self.page.emulate_media(color_scheme="light")
        if was:
            self.page.set_viewport_size(was)
