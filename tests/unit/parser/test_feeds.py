"""Feeds of every family, sound and broken, read into one model."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq_parser.feeds.json_feed import read_json_feed
from warraq_parser.feeds.model import MOST_ITEMS, Feed
from warraq_parser.feeds.reading import read_feed
from warraq_shared.errors import PageProblem, Permanent, Temporary
from warraq_shared.reasons import Reason

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
URL = "https://news.example/rss/all.xml"
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def read(text: str | bytes, content_type: str | None = None) -> Feed:
    body = text.encode() if isinstance(text, str) else text
    return read_feed(body, URL, content_type, NOW)


def rss(items: str, channel: str = "", namespaces: str = DC) -> str:
    return f'<?xml version="1.0"?><rss version="2.0" {namespaces}><channel>{channel}{items}</channel></rss>'


def test_rss_2_gives_each_item_with_title_author_and_date() -> None:
    feed = read(
        rss(
            "<item><title>Rain &amp; wind</title><link>https://news.example/a</link>"
            "<dc:creator>Jo Doe</dc:creator><dc:creator>Ann Bell</dc:creator>"
            "<pubDate>Tue, 24 Nov 2026 10:13:02 +0300</pubDate></item>"
        )
    )
    (item,) = feed.items
    assert (feed.format, feed.broken, feed.notes) == ("rss", False, ())
    assert (item.url, item.title, item.authors) == ("https://news.example/a", "Rain & wind", ("Jo Doe", "Ann Bell"))
    assert item.published_at == datetime(2026, 11, 24, 7, 13, 2, tzinfo=UTC)
    assert item.published_at.utcoffset() == timedelta(hours=3)


def test_a_channel_says_what_it_is_and_how_often_it_wants_to_be_asked() -> None:
    feed = read(
        rss(
            "",
            "<title>The News</title><link>/</link><language>ar-EG</language><ttl>15</ttl>"
            '<atom:link rel="self" href="/feed"/><atom:link rel="hub" href="https://hub.example/"/>',
            'xmlns:atom="http://www.w3.org/2005/Atom"',
        )
    )
    facts = feed.facts()
    assert facts.title == "The News"
    assert facts.home_url == "https://news.example/"
    assert facts.language == "ar-eg"
    assert facts.ttl_seconds == 900
    assert facts.self_url == "https://news.example/feed"
    assert feed.hubs == ("https://hub.example/",)


@pytest.mark.parametrize(
    ("period", "frequency", "seconds"), [("hourly", "2", 1800), ("daily", "0", 86_400), ("weekly", "x", 604_800)]
)
def test_the_syndication_module_gives_a_time_to_live(period: str, frequency: str, seconds: int) -> None:
    sy = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
    channel = f"<sy:updatePeriod>{period}</sy:updatePeriod><sy:updateFrequency>{frequency}</sy:updateFrequency>"
    assert read(rss("", channel, sy)).ttl_seconds == seconds


def test_rdf_items_beside_the_channel_are_read_and_named_by_rdf_about() -> None:
    feed = read(
        '<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        f'{DC}><channel rdf:about="x"><title>Old style</title></channel>'
        '<item rdf:about="https://news.example/1"><title>One</title><dc:date>2026-11-23T08:00:00+01:00</dc:date></item>'
        "</rdf:RDF>"
    )
    assert feed.format == "rdf"
    assert feed.title == "Old style"
    assert [(item.url, item.title) for item in feed.items] == [("https://news.example/1", "One")]
    assert feed.items[0].published_at == datetime(2026, 11, 23, 7, tzinfo=UTC)


def test_rss_0_9_and_0_91_with_a_public_document_type_are_read() -> None:
    dtd = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://dtd.example/rss-0.91.dtd">'
    feed = read(
        f'<?xml version="1.0"?>{dtd}<rss version="0.91"><channel><item><link>https://news.example/1</link></item></channel></rss>'
    )
    assert [item.url for item in feed.items] == ["https://news.example/1"]
    assert not feed.broken


def test_atom_reads_links_by_relation_people_by_name_and_titles_by_type() -> None:
    feed = read(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr" xml:base="https://news.example/fr/">'
        '<title type="html">Le &amp;lt;Journal&amp;gt;</title><link href="."/><author><name>Le bureau</name></author>'
        '<entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Un <b>gros</b> titre</div></title>'
        '<link rel="enclosure" href="son.mp3" type="audio/mpeg"/><link rel="alternate" href="un"/>'
        "<published>2026-11-23T08:00:00Z</published><updated>2026-11-24T08:00:00.5Z</updated></entry>"
        '<entry xml:base="archives/"><title>Deux</title><link href="deux"/><author><name>Zoé</name></author></entry>'
        "</feed>"
    )
    first, second = feed.items
    assert (feed.title, feed.home_url, feed.language) == ("Le <Journal>", "https://news.example/fr/", "fr")
    assert (first.url, first.title, first.authors) == ("https://news.example/fr/un", "Un gros titre", ("Le bureau",))
    assert first.modified_at == datetime(2026, 11, 24, 8, tzinfo=UTC)
    assert (second.url, second.authors) == ("https://news.example/fr/archives/deux", ("Zoé",))


def test_atom_0_3_is_read() -> None:
    feed = read(
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Old</title><entry><title>One</title>'
        '<link rel="alternate" type="text/html" href="https://news.example/1"/><issued>2026-11-20T10:00:00Z</issued>'
        "<modified>2026-11-21T10:00:00Z</modified></entry></feed>"
    )
    assert feed.format == "atom"
    assert feed.items[0].published_at == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert feed.items[0].modified_at == datetime(2026, 11, 21, 10, tzinfo=UTC)


def test_feedburner_names_the_original_address() -> None:
    feed = read(
        rss(
            "<item><link>https://proxy.example/~r/x</link>"
            "<feedburner:origLink>https://news.example/real?utm_source=rss</feedburner:origLink></item>",
            namespaces='xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"',
        )
    )
    assert [item.url for item in feed.items] == ["https://news.example/real"]


@pytest.mark.parametrize(
    ("guid", "urls"),
    [
        ("<guid>https://news.example/g</guid>", ["https://news.example/g"]),
        ('<guid isPermaLink="false">https://news.example/g</guid>', []),
        ("<guid>tag:news.example,2026:7</guid>", []),
    ],
)
def test_a_guid_is_an_address_only_where_it_says_so(guid: str, urls: list[str]) -> None:
    assert [item.url for item in read(rss(f"<item><title>T</title>{guid}</item>")).items] == urls


def test_items_that_share_a_guid_are_all_kept_and_one_address_is_one_item() -> None:
    items = "".join(f"<item><guid>same</guid><link>https://news.example/{n % 10}</link></item>" for n in range(20))
    assert len(read(rss(items)).items) == 10


def test_links_that_are_not_of_the_web_are_no_items() -> None:
    bad = ("javascript:alert(1)", "mailto:a@b.c", "file:///etc/passwd", "http://", "")
    items = "".join(f"<item><title>x</title><link>{link}</link></item>" for link in bad)
    assert read(rss(items)).items == ()


def test_the_newest_items_are_kept_when_there_are_too_many() -> None:
    dates = [f"{NOW - timedelta(minutes=9_000 - n):%d %b %Y %H:%M} GMT" for n in range(MOST_ITEMS + 500)]
    items = "".join(f"<item><link>/{n}</link><pubDate>{date}</pubDate></item>" for n, date in enumerate(dates))
    kept = read(rss(items)).items
    assert len(kept) == MOST_ITEMS
    assert kept[0].url == f"https://news.example/{MOST_ITEMS + 499}"
    assert kept[-1].url == "https://news.example/500"


def test_impossible_dates_are_unknown() -> None:
    dates = ("Thu, 01 Jan 1970 00:00:00 GMT", "Sun, 01 Feb 2099 00:00:00 GMT", "soon", "Tue, 31 Feb 2026 10:00:00 GMT")
    items = "".join(f"<item><link>/{n}</link><pubDate>{date}</pubDate></item>" for n, date in enumerate(dates))
    assert [item.published_at for item in read(rss(items)).items] == [None] * 4


def test_mail_addresses_of_authors_are_left_out() -> None:
    authors = ("jo@news.example (Jo Doe)", "Ann Bell <ann@news.example>", "desk@news.example", "https://x.example/me")
    items = "".join(f"<item><author>{a.replace('<', '&lt;')}</author></item>" for a in authors)
    feed = read(rss(items.replace("<item>", "<item><link>/x</link>", 1)))
    assert feed.items[0].authors == ("Jo Doe",)
    names = [
        read(rss(f"<item><link>/x</link><author>{a.replace('<', '&lt;')}</author></item>")).items[0].authors
        for a in authors
    ]
    assert names == [("Jo Doe",), ("Ann Bell",), (), ()]


# --- broken ones -----------------------------------------------------------------------------------------------


def test_junk_before_the_declaration_is_skipped() -> None:
    feed = read("<b>Warning</b>: mysql_connect() in line 3\n" + rss("<item><link>/a</link></item>", "<title>N</title>"))
    assert (feed.title, [item.url for item in feed.items]) == ("N", ["https://news.example/a"])
    assert feed.broken


def test_undefined_entities_and_bare_ampersands_lose_nothing() -> None:
    feed = read(rss("<item><title>Caf&eacute; &amp; R&D &nbsp;now</title><link>/a?x=1&y=2</link></item>"))
    assert (feed.items[0].title, feed.items[0].url) == ("Café & R&D now", "https://news.example/a?x=1&y=2")
    assert feed.broken


def test_cdata_is_left_alone_by_the_repair() -> None:
    feed = read(rss("<item><title>R&D</title><link><![CDATA[https://news.example/a?x=1&y=2]]></link></item>"))
    assert feed.items[0].url == "https://news.example/a?x=1&y=2"


def test_a_feed_that_was_cut_off_keeps_its_whole_items_and_no_half_address() -> None:
    whole = rss(
        "".join(f"<item><title>T{n}</title><link>https://news.example/story-{n}</link></item>" for n in range(5))
    )
    feed = read(whole[: whole.index("story-4") + 5])
    assert [item.url for item in feed.items] == [f"https://news.example/story-{n}" for n in range(4)]
    assert feed.broken


def test_one_broken_item_does_not_take_the_others_with_it() -> None:
    feed = read(
        "<rss version=2.0><channel><title>N</title>"
        "<item><title>One</titel><link>/1</link></item><item><title>Two <b></title><link>/2</link>"
        "<item><title>a < b</title><link>/3</link></item></div><item><title>Four</title><link>/4</link></item>"
    )
    assert feed.title == "N"
    assert [(item.url[-1], item.title) for item in feed.items] == [
        ("1", "One"),
        ("2", "Two"),
        ("3", "a < b"),
        ("4", "Four"),
    ]


def test_prefixes_that_were_never_declared_mean_what_everyone_means() -> None:
    feed = read(rss("<item><link>/1</link><dc:creator>Jo Doe</dc:creator></item>", namespaces=""))
    assert feed.items[0].authors == ("Jo Doe",)


@pytest.mark.parametrize("label", ["utf-8", "iso-8859-1", "us-ascii", "windows-1256", "no-such-charset", "utf-7"])
def test_a_declared_encoding_that_lies_does_not_spoil_the_text(label: str) -> None:
    text = rss("<item><title>أخبار اليوم</title><link>/1</link></item>").replace('"1.0"?', f'"1.0" encoding="{label}"?')
    assert read(text).items[0].title == "أخبار اليوم"


@pytest.mark.parametrize("encoding", ["windows-1256", "utf-16", "utf-16-le", "utf-8-sig"])
def test_other_encodings_are_read_as_declared(encoding: str) -> None:
    text = rss("<item><title>أخبار اليوم</title><link>/1</link></item>").replace(
        '"1.0"?', f'"1.0" encoding="{encoding}"?'
    )
    assert read(text.encode(encoding)).items[0].title == "أخبار اليوم"


def test_the_header_names_the_encoding_where_the_document_does_not() -> None:
    body = rss("<item><title>أخبار</title><link>/1</link></item>").encode("windows-1256")
    assert read(body, "application/rss+xml; charset=windows-1256").items[0].title == "أخبار"


def test_characters_that_xml_does_not_have_are_dropped() -> None:
    feed = read(rss("<item><title>a\x00b\x0bc&#0;&#x1;</title><link>/1</link></item>"))
    assert (feed.items[0].title or "").startswith("abc")
    assert "\x00" not in (feed.items[0].title or "")


# --- hostile ones ----------------------------------------------------------------------------------------------


def test_declared_entities_are_never_expanded() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    feed = read(
        f'<!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        + rss("<item><title>&l11; &x;</title><link>/1</link></item>").partition("?>")[2]
    )
    assert feed.items[0].title == "&l11; &x;"
    assert "dtd-refused" in feed.notes


@pytest.mark.parametrize(
    "before",
    [
        "<!-- <rss> -->",
        "<!-- <!DOCTYPE rss> -->",
        "<!-- <!DOCTYPE rss [ -->",
        "<?a <rss> ?>",
        "junk <rss> ",
        f"<!-- {'x' * 50_000} -->",
        "<!-- <rss>",
    ],
)
def test_a_document_type_cannot_hide(before: str) -> None:
    feed = outcome(
        f'{before}<!DOCTYPE rss [<!ENTITY l "ha"><!ENTITY x SYSTEM "file:///etc/hostname">]>'
        + rss("<item><title>&l; &x; stays</title><link>/1</link></item>").partition("?>")[2]
    )
    titles = [item.title for item in feed.items] if isinstance(feed, Feed) else []
    assert all("stays" in (title or "") and "ha" not in (title or "") for title in titles)


def test_a_page_in_cdata_is_text() -> None:
    feed = read(
        rss("<item><title>T</title><link>/1</link><description><![CDATA[<!DOCTYPE html [<html>]]></description></item>")
    )
    assert (len(feed.items), feed.broken) == (1, False)


def test_a_document_type_without_end_is_refused() -> None:
    with pytest.raises(Temporary, match="document type"):
        read('<!DOCTYPE rss [<!ENTITY a "b"><rss><channel/></rss>')


def test_too_many_tags_are_too_complex() -> None:
    with pytest.raises(Permanent) as caught:
        read("<rss>" + "<a/>" * 3_000_001)
    assert caught.value.reason is Reason.TOO_COMPLEX


def outcome(body: str | bytes) -> Feed | Reason:
    """Return the feed, or the reason there is none; any other error fails the test that asks."""
    try:
        return read(body)
    except PageProblem as problem:
        return problem.reason


@given(st.binary(max_size=400))
def test_no_bytes_raise_anything_but_a_reason(noise: bytes) -> None:
    for body in (
        noise,
        b"<rss><channel><item>" + noise,
        b"<feed><entry><title>" + noise + b"</title>",
        b"<!DOCTYPE" + noise,
    ):
        assert outcome(body) == outcome(body)


_PIECES = [
    "<item>",
    "</item>",
    "<title>",
    "</title>",
    "<link>",
    "</link>",
    "<![CDATA[",
    "]]>",
    "&",
    "<",
    ">",
    '"',
    "/x",
    "é",
    "<a b='",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=60))
def test_no_mixture_of_tags_raises_anything_but_a_reason(pieces: list[str]) -> None:
    feed = outcome("<rss><channel>" + "".join(pieces))
    assert isinstance(feed, Reason) or all(item.url.startswith("https://news.example/") for item in feed.items)


# --- JSON Feed -------------------------------------------------------------------------------------------------


def test_json_feed_1_1_is_read_with_authors_and_dates() -> None:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "N",
        "home_page_url": "/",
        "language": "fa",
        "authors": [{"name": "Desk"}],
        "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
        "items": [
            {
                "id": "1",
                "url": "/1",
                "title": "One",
                "date_published": "2026-11-23T08:00:00+03:30",
                "authors": [{"name": "Sara"}],
            },
            {"id": "https://news.example/2", "content_text": "x"},
            {"id": 3},
        ],
    }
    feed = read_json_feed(json.dumps(document).encode("utf-8-sig"), URL, NOW)
    assert (feed.title, feed.language, feed.hubs) == ("N", "fa", ("https://hub.example/",))
    assert [(item.url, item.title, item.authors) for item in feed.items] == [
        ("https://news.example/1", "One", ("Sara",)),
        ("https://news.example/2", None, ("Desk",)),
    ]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"items": {}}', Reason.NOT_HTML),
        (b"[1]", Reason.NOT_HTML),
        (b'{"items": [', Reason.BROKEN_FEED),
        (b'{"items":' + b"[" * 100_000, Reason.BROKEN_FEED),
        (b'{"items":[' + b"9" * 6_000 + b"]}", Reason.BROKEN_FEED),
    ],
)
def test_json_that_is_no_feed_ends_in_a_reason(body: bytes, reason: Reason) -> None:
    with pytest.raises(PageProblem) as caught:
        read_json_feed(body, URL, NOW)
    assert caught.value.reason is reason


_json = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=True) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["url", "title", "name", "authors"]), inner)
    ),
    max_leaves=10,
)


@given(
    st.fixed_dictionaries(
        {"items": st.lists(_json, max_size=4)}, optional={"authors": _json, "hubs": _json, "title": _json}
    )
)
def test_odd_types_in_json_feeds_count_as_absent(document: dict[str, object]) -> None:
    feed = read_json_feed(json.dumps(document).encode(), URL, NOW)
    assert len(feed.items) <= 4


@pytest.mark.parametrize("written", ["HTTP://News.Example", "https://news.example/feed?utm_source=hub", "/feed?a=b c"])
def test_a_feed_keeps_its_own_address_as_it_is_written_for_hubs_compare_letters(written: str) -> None:
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom"><link rel="self" href="{written}"/></feed>'
    expected = "https://news.example/feed?a=b c" if written.startswith("/") else written
    for document in (atom, f"<rss xmlns:a='http://www.w3.org/2005/Atom'><channel>{atom_link(written)}</channel></rss>"):
        assert read(document.encode()).self_url in (expected, expected.replace("HTTP:", "http:"))


def atom_link(address: str) -> str:
    return f'<a:link rel="self" href="{address}"/>'
