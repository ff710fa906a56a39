"""Trying site rules on saved pages, before they are accepted: what each selector found, field by field."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from warraq_parser.article.document import Document, read_document
from warraq_parser.rules import Selector, SiteRules, all_selectors
from warraq_parser.saved_pages import SavedPage
from warraq_parser.sniff import unpacked
from warraq_parser.text.decode import decode_html
from warraq_shared.console import amount, isolated
from warraq_shared.errors import PageProblem

MOST_MISSES_NAMED = 5


@dataclass(slots=True)
class FieldTrial:
    """What the selectors of one field did: on how many pages they found something, where not, and one example."""

    name: str
    pages: int = 0
    found: int = 0
    example: str = ""
    missed: list[str] = field(default_factory=list)


@dataclass(slots=True)
class SiteTrial:
    """What the rules of one site did."""

    rules: SiteRules
    pages: int = 0
    fields: dict[str, FieldTrial] = field(default_factory=dict)

    @property
    def accepted(self) -> bool:
        """Whether the rules apply to some page, and every field of them found something somewhere."""
        return self.pages > 0 and all(one.found for one in self.fields.values())


@dataclass(frozen=True, slots=True)
class Trial:
    """What a rule file did on saved pages. ``unmatched`` are pages that no rule applies to, or without an address."""

    sites: tuple[SiteTrial, ...]
    unmatched: tuple[str, ...]
    unread: tuple[str, ...]

    @property
    def accepted(self) -> bool:
        """Whether every site's rules are."""
        return all(site.accepted for site in self.sites)


def try_rules(rules: Sequence[SiteRules], pages: Iterable[SavedPage], now: datetime) -> Trial:
    """Apply ``rules`` to each page that they hold for; a page that cannot be read is named."""
    sites = tuple(SiteTrial(one, fields={name: FieldTrial(name) for name, _ in all_selectors(one)}) for one in rules)
    unmatched: list[str] = []
    unread: list[str] = []
    for page in pages:
        site = next((one for one in sites if page.url and one.rules.applies(page.url, now)), None)
        if site is None:
            unmatched.append(page.name)
            continue
        try:
            _try_page(site, page, _document(page, now))
        except PageProblem as problem:
            unread.append(f"{page.name}: {problem}")
    return Trial(sites, tuple(unmatched), tuple(unread))


def _document(page: SavedPage, now: datetime) -> Document:
    return read_document(decode_html(unpacked(page.body), None).text, page.url, now)


def _try_page(site: SiteTrial, page: SavedPage, document: Document) -> None:
    site.pages += 1
    for name, trial in site.fields.items():
        selectors = [selector for of, selector in all_selectors(site.rules) if of == name]
        value = next((found for selector in selectors if (found := _found(name, selector, document))), "")
        trial.pages += 1
        trial.found += bool(value)
        trial.example = trial.example or value
        if not value:
            trial.missed.append(page.name)


def _found(name: str, selector: Selector, document: Document) -> str:
    """Return what a selector found as a line; of ``body`` and ``remove``, which must be elements, their text."""
    if name in ("body", "remove") and not selector.elements(document.root):
        return ""
    values = selector.values(document.root)
    return (
        " · ".join(values[:3]) if values else ("(an element without text)" if selector.elements(document.root) else "")
    )


def report_lines(trial: Trial) -> Iterator[str]:
    """Yield the report for a person."""
    for site in trial.sites:
        path = site.rules.path if site.rules.path != "*" else ""
        yield f"{site.rules.host}{path}  {amount(site.pages, 'page')}"
        for one in site.fields.values():
            mark = "ok  " if one.found == one.pages and one.pages else "some" if one.found else "NONE"
            yield f"  {mark} {one.name:<13} {one.found:>4} of {one.pages:<4} {isolated(one.example[:80])}".rstrip()
            if one.found and one.missed:
                yield f"       not on {_named(one.missed)}"
    if trial.unmatched:
        yield f"{amount(len(trial.unmatched), 'page')} that no rule is for: {_named(trial.unmatched)}"
    yield from (f"unread: {one}" for one in trial.unread)
    yield "accepted" if trial.accepted else "not accepted: a rule that finds nothing on any page is a mistake"


def _named(pages: Sequence[str]) -> str:
    more = len(pages) - MOST_MISSES_NAMED
    return ", ".join(pages[:MOST_MISSES_NAMED]) + (f" and {more:,} more" if more > 0 else "")


def report_document(trial: Trial) -> dict[str, Any]:
    """Return the report as a JSON document."""
    return {
        "accepted": trial.accepted,
        "sites": [
            {
                "host": site.rules.host,
                "path": site.rules.path,
                "pages": site.pages,
                "fields": [
                    {
                        "field": one.name,
                        "pages": one.pages,
                        "found": one.found,
                        "example": one.example,
                        "missed": one.missed,
                    }
                    for one in site.fields.values()
                ],
            }
            for site in trial.sites
        ],
        "unmatched": list(trial.unmatched),
        "unread": list(trial.unread),
    }
