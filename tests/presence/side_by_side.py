"""Two browsers side by side on the server of production, whose streams are open."""

from typing import Any

from playwright.sync_api import Page

from roadmap.people.models import Person
from tests.browser import Pages
from tests.cast import sign_in
from tests.page import LookingClient


def beside(
    page_of: Pages, client: LookingClient, person: Person, base: str, *args: Any, **options: Any
) -> Page:
    """Open a page on a server in which a person is signed in."""
    own = client.another()
    sign_in(own, person)
    name = client.app.config["SESSION_COOKIE_NAME"]
    cookie = own.raw.get_cookie(name)
    assert cookie is not None
    page = page_of(*args, base_url=base, **options)
    page.context.add_cookies([{"name": name, "value": cookie.value, "url": base}])
    return page
