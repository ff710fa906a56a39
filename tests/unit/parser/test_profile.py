"""What a site's pages teach, and what is left out for it."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from warraq_parser.parse import parse
from warraq_parser.profile import digest, learn, observe, repeated
from warraq_shared.parsed import Parsed, ParseInput, SiteProfile
from warraq_shared.site_profile import FADES_AT, MOST_BLOCKS, recognised

NOTICE = "Die Meinung der Autorin ist nicht unbedingt die der Zeitung, und Fehler bitten wir uns zu melden."
SUBJECTS = ("Mühle", "Brücke", "Schule", "Kirche", "Turnhalle", "Bücherei", "Fähre", "Gärtnerei")


def page(subject: str, *, notice: str = NOTICE, name: str = "Lindenauer Bote") -> bytes:
    return f"""<html lang="de"><head><title>Die {subject} bleibt stehen - {name}</title></head><body>
<h1>Die {subject} bleibt stehen</h1><div class="text">
<p>Die alte {subject} von Lindenau bleibt stehen. Das hat der Rat der Stadt am Montag ohne Gegenstimme beschlossen.</p>
<p>{notice}</p>
<p>Ein Verein zur Rettung der {subject} will noch in diesem Jahr damit beginnen, das Dach zu erneuern.</p>
<p>Wer der {subject} helfen will, kann sich jeden Donnerstag im Gasthaus zum Anker melden, sagt der Verein.</p>
</div></body></html>""".encode()


def read(body: bytes, path: str, profile: SiteProfile | None = None) -> Parsed:
    now = datetime(2026, 11, 24, tzinfo=UTC)
    return parse(ParseInput(url=f"https://bote.example/{path}", body=body, fetched_at=now, profile=profile))


def learned(pages: int) -> SiteProfile:
    profile = SiteProfile(site="bote.example")
    for subject in SUBJECTS[:pages]:
        observation = read(page(subject), subject).observation
        assert observation is not None
        profile = learn(profile, observation)
    return profile


def text_of(parsed: Parsed) -> str:
    assert parsed.article is not None, parsed.reason
    return parsed.article.text


def test_one_page_alone_keeps_the_notice_and_five_others_drop_it() -> None:
    body = page("Werft")
    assert NOTICE in text_of(read(body, "werft"))
    after = text_of(read(body, "werft", learned(5)))
    assert NOTICE not in after
    assert after.count("\n") == 2


def test_what_stands_on_one_page_only_is_never_dropped() -> None:
    only_here = "Nur hier steht, dass der Anker donnerstags auch eine gute Suppe für alle Helfer kocht."
    assert only_here in text_of(read(page("Werft", notice=only_here), "werft", learned(8)))


def test_the_same_article_at_other_addresses_is_not_taken_for_boilerplate() -> None:
    profile = SiteProfile(site="bote.example")
    for path in ("a", "b", "c", "d", "e"):
        observation = read(page("Werft"), path).observation
        assert observation is not None
        profile = learn(profile, observation)
    parsed = read(page("Werft"), "f", profile)
    assert "bleibt stehen" in text_of(parsed)
    assert "repeated-article" in parsed.notes


def test_a_page_seen_twice_teaches_once() -> None:
    observation = observe(["A line that stands here."], "A title - A site", "https://bote.example/1")
    once = learn(SiteProfile(site="bote.example"), observation)
    assert learn(once, observation) == once
    assert once.title_affixes == {"A title": 1, "A site": 1}


def test_a_few_pages_of_many_are_not_enough() -> None:
    key = digest("A line that stands here.")
    assert not repeated(SiteProfile(site="s", pages=100, blocks={key: 4}), key)
    assert repeated(SiteProfile(site="s", pages=100, blocks={key: 40}), key)
    assert not repeated(SiteProfile(site="s", pages=2, blocks={key: 2}), key)
    assert not repeated(None, key)


def test_counters_and_years_do_not_hide_that_a_line_is_the_same() -> None:
    assert digest("Read 1204 times in 2025") == digest("Read 7 times  in 2026")
    assert digest("Read 1204 times in 2025") != digest("Written 1204 times in 2025")


def test_a_profile_stays_bounded_and_what_is_common_survives() -> None:
    profile = SiteProfile(site="s")
    for number in range(FADES_AT + 100):
        lines = ["the line of the house", *(f"line {chr(97 + n)} of {'x' * number}" for n in range(20))]
        profile = learn(profile, observe(lines, "", f"https://s.example/{number}"))
    assert len(profile.blocks) <= MOST_BLOCKS
    assert profile.pages <= FADES_AT
    assert repeated(profile, digest("the line of the house"))


@given(st.lists(st.text(), max_size=300), st.text(), st.text())
def test_any_lines_can_be_observed(lines: list[str], title: str, url: str) -> None:
    observation = observe(lines, title, url)
    assert len(observation.blocks) <= 200
    assert observe(lines, title, url) == observation


def test_what_is_handed_to_the_parsers_is_small_and_reads_the_same() -> None:
    profile = learned(7)
    handed = recognised(profile)
    assert len(handed.blocks) < len(profile.blocks) / 5
    fresh = page(SUBJECTS[7])
    whole, part = read(fresh, "neu", profile), read(fresh, "neu", handed)
    assert part == whole
    assert part.article is not None
    assert NOTICE not in part.article.text
