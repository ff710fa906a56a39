"""One spelling for each page: the identity of URLs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq_shared.errors import Permanent
from warraq_shared.reasons import Reason
from warraq_shared.urls import canonical, host_of, same_site, site_of


@pytest.mark.parametrize(
    ("spelling", "expected"),
    [
        ("HTTP://Example.COM:80/A", "http://example.com/A"),
        ("https://example.com:443", "https://example.com/"),
        ("https://example.com:8443/", "https://example.com:8443/"),
        ("https://example.com./a", "https://example.com/a"),
        ("https://user:secret@example.com/a", "https://example.com/a"),
        ("https://example.com/a#section", "https://example.com/a"),
        ("https://example.com/a/../b/./c", "https://example.com/b/c"),
        ("https://example.com/a/..", "https://example.com/"),
        ("https://example.com/../../a", "https://example.com/a"),
        ("https://example.com/%7euser/%41", "https://example.com/~user/A"),
        ("https://example.com/%d8%a3", "https://example.com/%D8%A3"),
        ("https://example.com/أخبار", "https://example.com/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1"),
        ("https://example.com/a b", "https://example.com/a%20b"),
        ("https://example.com/100%", "https://example.com/100%25"),
        ("https://example.com/a?id=7&utm_source=x&fbclid=y", "https://example.com/a?id=7"),
        ("https://example.com/a?utm_source=x", "https://example.com/a"),
        ("https://example.com/a?b=2&a=1", "https://example.com/a?b=2&a=1"),
        ("https://example.com/a?x=%D8%B3", "https://example.com/a?x=%D8%B3"),
        ("https://مثال.إختبار/", "https://xn--mgbh0fb.xn--kgbechtv/"),
        ("https://BÜCHER.example/", "https://xn--bcher-kva.example/"),
        (" https://example.com/a\n", "https://example.com/a"),
        ("https://exa\nmple.com/a", "https://example.com/a"),
        ("https://[2001:DB8::1]/a", "https://[2001:db8::1]/a"),
    ],
)
def test_every_spelling_of_an_address_becomes_one(spelling: str, expected: str) -> None:
    assert canonical(spelling) == expected


@pytest.mark.parametrize(
    ("relative", "expected"),
    [
        ("b", "https://example.com/a/b"),
        ("/b", "https://example.com/b"),
        ("//other.example/b", "https://other.example/b"),
        ("?page=2", "https://example.com/a/?page=2"),
    ],
)
def test_a_relative_address_is_joined_to_its_page(relative: str, expected: str) -> None:
    assert canonical(relative, "https://example.com/a/") == expected


@pytest.mark.parametrize(
    "nonsense",
    ["", "nonsense", "ftp://example.com/", "javascript:alert(1)", "http://", "http:///a", "https://example.com:99999/",
     "http://a b/", "mailto:a@example.com", "data:text/html,x", "http://[::1", "http://%zz/"],
)  # fmt: skip
def test_what_is_no_web_address_is_refused_with_a_reason(nonsense: str) -> None:
    with pytest.raises(Permanent) as refusal:
        canonical(nonsense)
    assert refusal.value.reason is Reason.BAD_URL


@given(st.text(max_size=200))
def test_twice_is_the_same_as_once_and_only_one_error_is_raised(text: str) -> None:
    try:
        once = canonical("https://example.com/" + text)
    except Permanent:
        return
    assert canonical(once) == once


@given(st.text(max_size=80))
def test_any_text_is_an_address_or_a_refusal(text: str) -> None:
    try:
        url = canonical(text)
    except Permanent as refusal:
        reason, url = refusal.reason, ""
    else:
        reason = None
    assert (reason is Reason.BAD_URL) != url.startswith(("http://", "https://"))
    assert url.isascii()
    assert not url or host_of(url).port > 0


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://news.example.co.uk/a", "example.co.uk"),
        ("https://www.example.com/", "example.com"),
        ("https://a.github.io/", "a.github.io"),
        ("http://127.0.0.1:8080/", "127.0.0.1:8080"),
        ("http://nida.localhost:8123/a", "nida.localhost:8123"),
        ("https://localhost/", "localhost"),
    ],
)
def test_a_site_is_the_registrable_domain(url: str, site: str) -> None:
    assert site_of(url) == site


def test_subdomains_are_one_site_and_customers_of_a_host_are_not() -> None:
    assert same_site("https://www.example.com/", "https://m.example.com/a")
    assert not same_site("https://a.github.io/", "https://b.github.io/")
