"""Where published things are read."""

from flask import url_for

from roadmap.history.models import Roadmap
from roadmap.publication.queries import find_example, is_published


def public_address(roadmap: Roadmap) -> str | None:
    """Give the address of a roadmap's public page; None before its first adoption."""
    if not is_published(roadmap):
        return None
    return url_for("publication.document", region_slug=roadmap.region.slug, roadmap_slug=roadmap.slug)


def example_published() -> tuple[str, str] | None:
    """Give address and region of an example that has been published, for those who have nothing yet."""
    example = find_example()
    if example is None:
        return None
    address = url_for(
        "publication.document", region_slug=example.region_slug, roadmap_slug=example.roadmap_slug
    )
    return address, example.region_name
