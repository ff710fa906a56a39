"""Sources as YAML and OPML: read back as written, errors by line, nothing dangerous expanded."""

import time

import pytest

from warraq_shared.errors import UsageProblem
from warraq_shared.messages import FetchPolicy
from warraq_shared.source_rules import LONGEST_RULES
from warraq_store.sources.opml import read_opml, write_opml
from warraq_store.sources.wish import PolledPage, SourceWish
from warraq_store.sources.yaml_file import read_yaml, write_yaml

FILE = """
# Everything can have a comment.
defaults:
  every: auto
  revisits: news
sources:
  - name: صحيفة المثال
    home: https://example.com/
    lang: ar
    tags: [politics, 2026]
    every: "*/10 6-22 * * *"
    time_zone: Africa/Cairo
    follow:
      - feed: https://example.com/rss.xml
      - sitemap: https://example.com/news-sitemap.xml
    pace: {delay: 5s}
    exclude: ["/video/", "/tag/"]
    max_age: 14d
    robots: obey
  - name: 20 Minutes
    follow: [section: https://www.example.org/politics]
"""


def test_a_file_says_what_is_wanted_of_each_source() -> None:
    first, second = read_yaml(FILE)
    assert first.name == "صحيفة المثال"
    assert first.pages[1] == PolledPage(url="https://example.com/news-sitemap.xml", role="sitemap")
    assert (first.tags, first.max_age_seconds) == (("politics", "2026"), 14 * 86400)
    assert first.policy == FetchPolicy(delay_seconds=5)
    assert (second.name, second.url, second.every) == ("20 Minutes", "https://www.example.org/politics", "auto")


def test_what_is_written_is_read_back_the_same() -> None:
    wishes = [
        *read_yaml(FILE),
        SourceWish(
            name="All of it",
            url="https://all.example/",
            pages=(PolledPage(url="https://all.example/f", role="feed"),),
            every="90s",
            tags=("a", "b: c"),
            include=("re:^https://all",),
            revisits="15m,1h",
            max_age_seconds=0.0,
            paused=True,
            policy=FetchPolicy(
                obey_robots=False,
                delay_seconds=0.5,
                headers={"X-A": "1: 2"},
                proxy="socks5://p:1",
                accept_language="ar",
            ),
        ),
    ]
    assert read_yaml(write_yaml(wishes)) == wishes


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("sources:\n  - name: A\n    follow: [feed: https://a.example/]\n    evry: 5m\n", "line 4", "no such field"),
        ("sources:\n  - name: A\n    follow: [feed: https://a.example/]\n    every: often\n", "line 2", "schedule"),
        ("sources:\n  - name: A\n    follow: []\n", "line 3", "at least 1"),
        ("sources:\n  - name: A\n", "line 2", "required"),
        ("sources:\n  - name: A\n    follow: [feed: 'ftp://a.example/']\n", "line 2", "http"),
        (
            "sources:\n  - name: A\n    follow:\n      - feed: https://a.example/\n        section: https://a.example/\n",
            "line 2",
            "one of",
        ),
        (
            "sources:\n  - {name: A, follow: [feed: https://a.example/]}\n  - {name: A, follow: [feed: https://b.example/]}\n",
            "line 3",
            "line 2",
        ),
        ("sources:\n  - name: [A\n", "line 3", "not YAML"),
        ("", "empty", "sources"),
        ("sources: 7", "line 1", "list"),
    ],
)
def test_an_error_names_its_line(text: str, line: str, word: str) -> None:
    with pytest.raises(UsageProblem) as caught:
        read_yaml(text)
    assert line in str(caught.value)
    assert word in str(caught.value)


def test_aliases_cannot_blow_a_file_up() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    for one, next_one in zip("abcdefgh", "bcdefghi", strict=True):
        bomb += f"{next_one}: &{next_one} [{', '.join([f'*{one}'] * 10)}]\n"
    began = time.monotonic()
    with pytest.raises(UsageProblem):
        read_yaml(bomb + "sources: []\n")
    assert time.monotonic() - began < 60


def test_opml_folders_and_categories_become_tags() -> None:
    opml = b"""<?xml version="1.0"?><opml version="1.1"><body>
      <outline text="Press"><outline text="Arabic">
        <outline type="rss" text="A" xmlUrl="https://a.example/rss" htmlUrl="https://a.example/" category="/x,y"/>
      </outline></outline>
      <outline text="A" xmlUrl="https://b.example/rss"/>
      <outline text="Twice" xmlUrl="https://b.example/rss"/>
    </body></opml>"""
    first, second = read_opml(opml)
    assert (first.name, first.tags, first.url) == ("A", ("Press", "Arabic", "x", "y"), "https://a.example/")
    assert (second.name, second.pages) == ("A (2)", (PolledPage(url="https://b.example/rss", role="feed"),))


def test_opml_is_read_back_as_written_feeds_and_tags() -> None:
    wishes = [wish for wish in read_yaml(FILE) if any(page.role == "feed" for page in wish.pages)]
    (read,) = read_opml(write_opml(wishes))
    assert (read.name, read.tags, read.language) == (wishes[0].name, wishes[0].tags, "ar")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_an_opml_file_with_a_document_type_is_refused(encoding: str) -> None:
    declared = "" if encoding == "utf-16-be" else f'<?xml version="1.0" encoding="{encoding}"?>'
    bomb = f'{declared}<!DOCTYPE opml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><opml><body>&b;</body></opml>'
    with pytest.raises(UsageProblem, match="document type"):
        read_opml(bomb.encode(encoding))


@pytest.mark.parametrize(
    "data", [b"", b"<html/>", b"<opml><body>", b"\x00\xff\xfe", b"<?xml version='1.0' encoding='x'?><opml/>"]
)
def test_what_is_no_opml_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(UsageProblem):
        read_opml(data)


def test_opml_nested_a_hundred_thousand_deep_is_read() -> None:
    depth = 100_000
    opml = b"<opml><body>" + b"<outline text='t'>" * depth + b"</outline>" * depth + b"</body></opml>"
    assert read_opml(opml) == []


def test_how_far_lists_are_followed_is_read_and_written_and_bounded() -> None:
    text = "sources:\n  - name: One\n    pages: 3\n    follow:\n      - section: https://one.example/news\n"
    (wish,) = read_yaml(text)
    assert wish.pagination == 3
    assert read_yaml(write_yaml([wish])) == [wish]
    with pytest.raises(UsageProblem, match=r"line 3: sources\.0\.pages"):
        read_yaml(text.replace("pages: 3", "pages: 1000"))
    with pytest.raises(UsageProblem, match=r"line 3: sources\.0\.pages"):
        read_yaml(text.replace("pages: 3", "pages: many"))


RULED = """sources:
  - name: One
    follow: [feed: https://one.example/rss]
    rules: |
      [[site]]
      host = "one.example"
      [site.fields]
      title = "h2"
"""


def test_rules_stand_in_the_file_as_they_are_written() -> None:
    (wish,) = read_yaml(RULED)
    assert wish.rules == '[[site]]\nhost = "one.example"\n[site.fields]\ntitle = "h2"\n'
    assert read_yaml(write_yaml([wish])) == [wish]


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ('"h2"', '"h2["', "line 4: One: rules, line 4, title: 'h2[' is no selector"),
        ("title", "titel", "line 4: One: rules, line 4, titel: there is no such key; did you mean title?"),
        ("[[site]]", "[[site]", "line 4: One: rules: "),
        ('"h2"', f'"h2" #{"x" * LONGEST_RULES}', "line 2: One: rules: the rules of one source may have 32,768"),
    ],
)
def test_a_mistake_in_the_rules_of_a_source_is_pointed_at(right: str, wrong: str, says: str) -> None:
    with pytest.raises(UsageProblem) as caught:
        read_yaml(RULED.replace(right, wrong))
    assert says in str(caught.value)
