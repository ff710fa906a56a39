"""What the names of elements say of the text that stands in them."""

import pytest

from warraq_parser.article.body.hint_words import Hint
from warraq_parser.article.body.region_hints import hints_of, hints_of_names, names_of


@pytest.mark.parametrize(
    ("names", "hints"),
    [
        ("article-body main", {"BODY", "ARTICLE"}),
        ("ArticleBody_x3d9", {"BODY", "ARTICLE"}),
        ("relatedPosts", {"RELATED"}),
        ("d-none d-md-block", set()),
        ("field--label-hidden", set()),
        ("sr-only", {"HIDDEN"}),
        ("kQzAdF css-1x2y", set()),
        ("has-sidebar", set()),
    ],
)
def test_names_of_classes_hint_at_what_they_hold(names: str, hints: set[str]) -> None:
    assert set(names_of(hints_of_names(names))) == hints


def test_the_state_of_a_page_says_nothing_of_what_stands_there() -> None:
    assert names_of(hints_of_names("article-main sidebar-enabled--false")) == names_of(hints_of_names("article-main"))


def test_attributes_beside_the_class_hint_too() -> None:
    assert hints_of("div", [("itemprop", "articleBody")]) == Hint.BODY
    assert hints_of("div", [("role", "navigation")]) == Hint.NAVIGATION
    assert hints_of("div", [("style", "color: red; display : none")]) == Hint.HIDDEN
