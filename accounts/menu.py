"""The menu: what stands in it, for whom, and where we are now."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Entry:
    """A place in the menu, for who has one of `needs`. `also` are paths that belong to it too."""

    name: str
    label: str | Promise
    icon: str
    needs: tuple[str, ...] = ()
    children: tuple["Entry", ...] = ()
    also: tuple[str, ...] = ()


@dataclass
class Item:
    """An entry as one user sees it on one page."""

    label: str
    url: str
    icon: str
    is_current: bool
    name: str = ""
    children: list["Item"] = field(default_factory=list)


@dataclass
class Menu:
    """All of it: along the top, below on a phone, behind "Meer", and the pages beside the current one."""

    main: list[Item]
    bar: list[Item]
    rest: list[Item]
    beside: list[Item]


HOME = Entry("cases:home", _("Vandaag"), "sun")
CASES = Entry(
    "cases:case-list",
    _("Dossiers"),
    "folder2-open",
    ("case_read",),
    also=("/consents/",),
)
VISIT = Entry("cases:visit-pick", _("Bezoek"), "plus-lg", ("case_work",))
SEARCH = Entry("cases:search", _("Zoeken"), "search", ("case_read", "register_read"))
MAIN = (
    HOME,
    Entry("cases:radar", _("Radar"), "broadcast", ("radar_report", "radar_decide")),
    CASES,
    Entry("cases:calendar", _("Kalender"), "calendar3", ("case_read",)),
    Entry("cases:review", _("Overleg"), "people", ("review_attend",)),
    Entry(
        "housing:building-list",
        _("Wonen"),
        "house-door",
        ("register_read",),
        (
            Entry("housing:building-list", _("Panden"), "building"),
            Entry("housing:dwelling-list", _("Woningen"), "house-door"),
            Entry("housing:landlord-list", _("Verhuurders"), "person-badge"),
            Entry("housing:procedure-list", _("Procedures"), "signpost-2", ("procedure_read",)),
            Entry("housing:inspection-list", _("Onderzoeken"), "clipboard-check", ("inspection_read",)),
            Entry("housing:agreement-list", _("Overeenkomsten"), "file-earmark-text", ("agreement_read",)),
            Entry("housing:renovation-list", _("Renovaties"), "hammer", ("renovation_read",)),
            Entry("housing:tenancy-list", _("Huurbegeleiding"), "life-preserver", ("tenancy_read",)),
            Entry("housing:crisis-dwelling-list", _("Crisiswoningen"), "house-heart", ("stay_read",)),
            Entry(
                "housing:legal-file-list",
                _("Juridisch"),
                "briefcase",
                ("legal_file_read",),
                also=("/bundles/",),
            ),
        ),
    ),
    Entry("cohesion:home", _("Wijk"), "flower1", ("hub_read",)),
    Entry(
        "cases:help-request-list", _("Vragen"), "chat-left-text", ("help_request_ask", "help_request_answer")
    ),
    Entry("cases:obstacle-list", _("Hinderpalen"), "sign-stop", ("obstacle_manage",)),
    Entry("reporting:report-list", _("Rapporten"), "bar-chart", ("measure_read",)),
    Entry(
        "accounts:user-list",
        _("Beheer"),
        "gear",
        ("users_manage",),
        (
            Entry("accounts:user-list", _("Gebruikers"), "person-gear", ("users_manage",)),
            Entry("accounts:sign-in-rules", _("Aanmelden"), "shield-lock", ("users_manage",)),
            Entry("accounts:link-list", _("Nieuwe links"), "key", ("users_manage",)),
            Entry("accounts:organisation-list", _("Organisaties"), "diagram-3", ("users_manage",)),
            Entry("accounts:neighbourhood-list", _("Wijken"), "map", ("users_manage",)),
            Entry("cases:catalogue", _("Catalogus"), "journal-check", ("catalogue_manage",)),
            Entry("cases:legal-grounds", _("Wettelijke gronden"), "bank", ("catalogue_manage",)),
            Entry(
                "housing:inspection-lists", _("Technisch verslag"), "clipboard-check", ("catalogue_manage",)
            ),
            Entry("cases:reference", _("Vaste gegevens"), "sliders", ("reference_manage",)),
            Entry("cases:map-list", _("Kaarten"), "geo-alt", ("reference_manage",)),
            Entry(
                "housing:agreement-template-list",
                _("Sjablonen"),
                "file-earmark-ruled",
                ("catalogue_manage",),
            ),
        ),
    ),
    Entry(
        "access:log",
        _("Inzages"),
        "eye",
        ("access_log_read",),
        (
            Entry("access:log", _("Alle inzages"), "eye"),
            Entry("access:unusual-list", _("Ongewoon"), "exclamation-triangle"),
            Entry("cases:glass-list", _("Noodtoegang"), "unlock"),
        ),
    ),
    Entry("cases:consent-counts", _("Toestemmingen"), "patch-check", ("access_log_read",)),
    Entry("rights:overview", _("Rechten"), "person-check", ("rights_oversee", "rights_decide")),
    Entry("rights:retention", _("Bewaren"), "archive", ("retention_read",)),
    Entry("accounts:access-log", _("Inzages"), "eye", ("access_log_read",)),
    # For the privacy officer; administrators have it under Beheer.
    Entry("accounts:link-list", _("Nieuwe links"), "key", ("access_log_read",)),
)


def build_menu(can: Mapping[str, bool], path: str) -> Menu:
    """Return the menu for someone with these permissions, on the page with this path."""
    main = _items(MAIN, can, path)
    works_with_cases = bool(_items((CASES,), can, path))
    bar = _items((HOME, CASES, VISIT, SEARCH), can, path) if works_with_cases else main[:3]
    in_bar = {item.name for item in bar}
    return Menu(
        main=main,
        bar=bar,
        rest=[item for item in main if item.name not in in_bar],
        beside=next((item.children for item in main if item.is_current), []),
    )


def _items(entries: tuple[Entry, ...], can: Mapping[str, bool], path: str) -> list[Item]:
    items = []
    for entry in entries:
        if entry.needs and not any(can.get(need) for need in entry.needs):
            continue
        try:
            url = reverse(entry.name)
        except NoReverseMatch:
            continue
        children = _items(entry.children, can, path)
        is_current = _is_within(path, (url, *entry.also)) or any(child.is_current for child in children)
        items.append(Item(str(entry.label), url, entry.icon, is_current, entry.name, children))
    # The page of one place can lie under the address of another: the nearest is where we are.
    nearest = max((item.url for item in items if item.is_current), key=len, default="")
    for item in items:
        item.is_current = item.is_current and item.url == nearest
    return items


def _is_within(path: str, prefixes: tuple[str, ...]) -> bool:
    return any(path == prefix or (prefix != "/" and path.startswith(prefix)) for prefix in prefixes)
