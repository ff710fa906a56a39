"""One article, one identity: twins fold when that can be believed, and nothing else does."""

import pytest
from sqlmodel import select

from integration.store.pipeline import Pipeline, made_article
from warraq_shared.messages import PagesParsed
from warraq_store.articles.identity import article_url, core
from warraq_store.database import reading
from warraq_store.tables import Article, Page

PAGE = "https://news.example.com/2026/story-7"
TEXT = "The council approved the new bridge over the river after two years of debate among its members. " * 4
OTHER = "A fishing boat sank off the coast early in the morning after it had struck a rock in thick fog. " * 4


@pytest.mark.parametrize(
    ("named", "believed"),
    [
        ("https://news.example.com/2026/story-7-long-name", True),
        ("https://www.example.com/2026/story-7", True),
        ("/2026/story-7?id=7", True),
        ("https://news.example.com/", False),
        ("https://news.example.com", False),
        ("https://another.com/2026/story-7", False),
        ("https://news.example.com/2026/", False),
        ("https://news.example.com/2026", False),
        ("javascript:void(0)", False),
        ("", False),
    ],
)
def test_a_canonical_url_is_believed_only_if_it_can_be(named: str, believed: bool) -> None:
    assert (article_url(PAGE, named) != PAGE) is believed


def test_another_form_of_a_page_may_name_the_page_above_it() -> None:
    assert article_url(f"{PAGE}/amp", PAGE) == PAGE


@pytest.mark.parametrize(
    "twin",
    [
        "https://news.example.com/2026/story-7/",
        "http://news.example.com/2026/story-7",
        "https://news.example.com/2026/story-7/amp/",
        "https://news.example.com/amp/2026/story-7",
        "https://news.example.com/2026/story-7?amp=1",
        "https://news.example.com/2026/story-7?print=1",
        "https://m.news.example.com/2026/story-7",
        "https://www.news.example.com/2026/story-7",
    ],
)
def test_forms_of_a_page_have_one_core(twin: str) -> None:
    assert core(twin) == core(PAGE)


@pytest.mark.parametrize(
    "other", ["https://news.example.com/2026/story-8", f"{PAGE}?id=1", "https://b.com/2026/story-7"]
)
def test_other_pages_have_another_core(other: str) -> None:
    assert core(other) != core(PAGE)


def urls(pipeline: Pipeline) -> list[str]:
    with reading(pipeline.engine) as session:
        return sorted(session.exec(select(Article.url)))


def article_of(pipeline: Pipeline, url: str) -> int | None:
    with reading(pipeline.engine) as session:
        return session.exec(select(Page.article_id).where(Page.url == url)).one()


def test_a_slash_at_the_end_folds_by_evidence_and_stays_folded_when_the_text_changes(pipeline: Pipeline) -> None:
    pipeline.come(PAGE, TEXT)
    pipeline.come(f"{PAGE}/", TEXT)
    assert urls(pipeline) == [PAGE]
    assert article_of(pipeline, PAGE) == article_of(pipeline, f"{PAGE}/")
    pipeline.come(f"{PAGE}/", f"{TEXT} Updated.")
    pipeline.come(PAGE, f"{TEXT} Updated.")
    assert urls(pipeline) == [PAGE]


def test_a_slash_at_the_end_with_another_text_is_another_page(pipeline: Pipeline) -> None:
    pipeline.come(PAGE, TEXT)
    pipeline.come(f"{PAGE}/", OTHER)
    assert urls(pipeline) == [PAGE, f"{PAGE}/"]


def test_twins_in_one_message_fold_too(pipeline: Pipeline) -> None:
    leases = pipeline.hand_out(PAGE, f"{PAGE}/amp")
    parsed = tuple(
        pipeline.parsed(pipeline.fetched(url, lease, url.encode()), made_article(url, TEXT))
        for url, lease in sorted(leases.items())
    )
    pipeline.stage.store_pages(PagesParsed(pages=parsed))
    assert urls(pipeline) == [PAGE]


def test_the_same_text_at_another_address_of_the_site_is_another_article(pipeline: Pipeline) -> None:
    pipeline.come(PAGE, TEXT)
    pipeline.come("https://news.example.com/2026/copy", TEXT)
    assert len(urls(pipeline)) == 2


def test_one_canonical_for_many_different_texts_is_not_believed(pipeline: Pipeline) -> None:
    shared = "https://news.example.com/all-stories"
    for name, text in (("a", TEXT), ("b", OTHER)):
        url = f"https://news.example.com/{name}"
        pipeline.come_with(url, lambda u=url, t=text: made_article(u, t, canonical_url=shared), name.encode())  # type: ignore[misc]
    assert urls(pipeline) == [shared, "https://news.example.com/b"]


def test_a_twin_of_an_article_that_was_updated_is_still_its_twin(pipeline: Pipeline) -> None:
    pipeline.come(PAGE, TEXT)
    amp = "https://news.example.com/amp/story-7"
    article = made_article(amp, f"{TEXT}\nAn update at the end.", canonical_url=PAGE)
    pipeline.come_with(amp, lambda: article, b"amp")
    assert urls(pipeline) == [PAGE]
