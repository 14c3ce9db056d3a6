"""The renovation of a place, with one of everything."""

from typing import Any

from tests.housing.renovations import (
    fund_answers,
    make_list,
    progress,
    quote,
    renovation,
    scan,
    support,
    work,
)


def renovate(place: Any) -> None:
    """Make it, through the real actions."""
    by, things = place.opener, place.things
    found = renovation(by, place.case, things["dwelling"])
    works = make_list(by, found)
    line = progress(by, found, with_photo=True)
    things |= {
        "renovation": found,
        "scan": scan(by, found),
        "works_list": works,
        "work": work(by, works),
        "quote": quote(by, works),
        "support": support(by, found),
        "progress": line,
        "progress_photo": line.photos.get(),
    }
    fund_answers(by, found)
