"""A person at a browser: a page of Chromium in which somebody is signed in."""

from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import Page

from roadmap.people.models import Person
from tests.browser import Pages
from tests.cast import sign_in
from tests.page import LookingClient


def signed_in(page_of: Pages, client: LookingClient, person: Person, *args: Any, **options: Any) -> Page:
    """Open a page in which a person is signed in; what follows goes to `page_of`."""
    page = page_of(*args, **options)
    become(page, client, person, str(page_of.base_url))
    return page


def become(page: Page, client: LookingClient, person: Person, url: str = "") -> None:
    """Have the browser be somebody's from now on, as after a session has ended."""
    own = client.another()
    sign_in(own, person)
    name = client.app.config["SESSION_COOKIE_NAME"]
    cookie = own.raw.get_cookie(name)
    assert cookie is not None
    page.context.clear_cookies()
    page.context.add_cookies([{"name": name, "value": cookie.value, "url": urljoin(url or page.url, "/")}])
