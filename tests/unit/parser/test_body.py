"""The body: what is found, what is left out, and that nothing breaks it."""

import json
from datetime import UTC, datetime
from textwrap import wrap

import pytest

from warraq_parser.article.body.body import Body, find_body
from warraq_parser.article.document import read_document
from warraq_parser.article.metadata import collect_metadata
from warraq_parser.article.titles.titles import headline
from warraq_shared.article import Access, block_lines

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ONE = "The council of the old river town met for three hours on Monday and agreed on a plan for the market square."
TWO = "Work is to begin before the summer, and the stalls will move to the station for the time being, the mayor said."
THREE = "Nobody in the hall had expected so quick an end to a quarrel that began four years ago over a single tree."


def body_of(markup: str) -> Body:
    document = read_document(markup, "https://news.example/a/", NOW)
    metadata = collect_metadata(document)
    return find_body(document, metadata, headline=headline(document, metadata))


def lines_of(markup: str) -> list[str]:
    return list(block_lines(body_of(markup).blocks))


@pytest.mark.parametrize(
    "extra",
    [
        '<div class="related-posts"><p>Another story about another town, told at some length for the reader.</p></div>',
        '<div class="share-bar"><a href="https://x.example">Share</a></div>',
        "<p>Read also: <a href='/b'>The tree that started it</a></p>",
        "<p>اقرأ أيضًا: خطة السوق</p>",
        "<p>Lesen Sie auch: Der Baum</p>",
        "<p>延伸閱讀：老樹的故事</p>",
        "<p>Sign up for our newsletter</p>",
        "<aside><p>Facts about the town that every visitor should know before the summer begins.</p></aside>",
        "<div hidden><p>This text is hidden from every reader of the page until something happens.</p></div>",
        '<ul class="tags"><li><a href="/t">Trees</a></li></ul>',
        '<figure><img src="a.jpg"><figcaption>The square on Monday</figcaption></figure>',
        "<h3>Latest</h3><ul><li><a href='/1'>A first other story</a></li><li><a href='/2'>A second one</a></li></ul>",
        '<form><label>Your address</label><input name="e"><p>We send one letter a week.</p></form>',
    ],
)
def test_what_stands_beside_the_article_is_left_out(extra: str) -> None:
    page = f"<h1>A tree, a town</h1><div class='story'><p>{ONE}</p>{extra}<p>{TWO}</p><p>{THREE}</p></div>"
    assert lines_of(page) == [ONE, TWO, THREE]
    end = f"<h1>A tree, a town</h1><div class='story'><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>{extra}</div>"
    assert lines_of(end) == [ONE, TWO, THREE]


def teasers(number: int, link: str) -> str:
    card = f'<article class="card-1 type-{{0}}"><h3><a href="{link}/{{0}}">A story about town number {{0}}</a></h3>'
    return "".join(f"{card.format(place)}<p>{THREE} {place}</p></article>" for place in range(number))


def test_a_row_of_teasers_with_a_paragraph_each_is_left_out_where_it_leads_to_the_same_site() -> None:
    text = f"<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p><p>{ONE} Or not.</p>"
    page = f"<h1>A tree, a town</h1><div class='story'>{text}{{}}</div>"
    own = lines_of(page.format(f"<div>{teasers(3, '/b')}</div>"))
    assert own == [ONE, TWO, THREE, f"{ONE} Or not."]
    assert f"{THREE} 2" in lines_of(page.format(f"<div>{teasers(3, 'https://shop.test/b')}</div>"))
    assert f"{THREE} 1" in lines_of(page.format(f"<div>{teasers(2, '/b')}</div>"))


def test_a_text_made_twice_for_two_widths_of_screen_is_read_once() -> None:
    text = f"<p>{ONE}</p><h2>What comes</h2><p>{TWO}</p><ul><li>the stalls</li><li>the tree</li></ul>"
    page = f"<h1>A tree, a town</h1><div><div class='wide'>{text}</div><div class='narrow'>{text}</div></div>"
    assert lines_of(page) == [ONE, "What comes", TWO, "the stalls", "the tree"]


def test_an_image_behind_sources_that_nobody_closed_is_read_and_its_alternative_text_below_it_is_its_caption() -> None:
    picture = "<picture><source srcset='a.webp'><source srcset='b.webp'><img src='/c.jpg' alt='The old pier'></picture>"
    caption = "<div><span>The old pier</span></div>"
    body = body_of(f"<h1>A tree, a town</h1><div class='story'><p>{ONE}</p>{picture}{caption}<p>{TWO}</p></div>")
    assert [image.url for image in body.images] == ["https://news.example/c.jpg"]
    assert list(block_lines(body.blocks)) == [ONE, TWO]


def test_a_standfirst_marked_as_a_heading_is_read() -> None:
    head = f"<header><h1>A tree, a town</h1><h2 class='subtitle'>{TWO[:-1]}</h2></header>"
    assert lines_of(f"{head}<div class='body-text'><p>{ONE}</p><p>{THREE}</p></div>") == [TWO[:-1], ONE, THREE]


def test_a_heading_goes_with_the_links_below_it() -> None:
    links = "<ul><li><a href='/1'>A first other story</a></li><li><a href='/2'>A second one</a></li></ul>"
    page = f"<h1>A tree</h1><div><p>{ONE}</p><h3>Elsewhere</h3>{links}<h3>The stalls</h3><p>{TWO}</p>{{}}</div>"
    assert lines_of(page.format("")) == [ONE, "The stalls", TWO]
    assert lines_of(page.format(f"<p>For those who care:</p>{links}")) == [ONE, "The stalls", TWO]


def test_a_list_that_a_sentence_announces_is_read_though_its_items_are_links() -> None:
    links = "<ul><li><a href='/1'>The harbour town</a></li><li><a href='/2'>The town of mills</a></li></ul>"
    page = f"<h1>A tree</h1><div><p>{ONE}</p><p>{{}}:</p>{links}<p>{TWO}</p><p>{THREE}</p></div>"
    towns = "Two other towns have made such plans, and both have kept them"
    assert lines_of(page.format(towns)) == [ONE, f"{towns}:", "The harbour town", "The town of mills", TWO, THREE]
    assert lines_of(page.format("Read also what we have written of these towns")) == [ONE, TWO, THREE]


def test_a_list_in_a_box_of_its_own_is_left_out_with_the_sentence_that_announces_it_where_it_leads_into_the_site() -> (
    None
):
    towns = "Two other towns have made such plans, and both have kept them:"
    links = "<ul><li><a href='{0}/1'>The harbour town</a></li><li><a href='{0}/2'>The town of mills</a></li></ul>"
    page = f"<h1>A tree</h1><div><p>{ONE}</p><div><p>{towns}</p>{links}</div><p>{TWO}</p><p>{THREE}</p></div>"
    assert lines_of(page.format("")) == [ONE, TWO, THREE]
    away = lines_of(page.format("https://towns.test"))
    assert away == [ONE, towns, "The harbour town", "The town of mills", TWO, THREE]


PAID = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'


def test_an_offer_longer_than_its_teaser_is_left_out_of_a_page_that_is_not_free() -> None:
    offer = f"<div><h3>Read on</h3><p>{TWO}</p><p>{THREE}</p><a href='/abo/digital'>Order now</a></div>"
    page = f"<h1>A tree</h1><div class='wrap'><p>{ONE}</p>{{}}</div>"
    assert lines_of(PAID + page.format(offer)) == [ONE]
    assert lines_of(page.format(offer)) == [ONE, "Read on", TWO, THREE]
    text = f"<div><p>{TWO}</p><p>{THREE}</p><p><a href='/login'>Log in</a></p></div>"
    assert lines_of(PAID + page.format(text)) == [ONE, TWO, THREE]


def test_a_name_of_offers_on_the_article_itself_says_nothing() -> None:
    text = f"<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>"
    assert lines_of(f"<h1>A tree</h1><article class='paywall-message'>{text}</article>") == [ONE, TWO, THREE]
    assert lines_of(f"<h1>A tree</h1><div class='paywall-message'>{text}</div>") == [ONE, TWO, THREE]


def test_behind_the_sign_of_the_end_nothing_is_of_the_text() -> None:
    page = f"<h1>A tree</h1><div><p>{ONE}</p><p>{TWO}</p>{{}}<p>{THREE}</p></div>"
    for sign in ("###", "# # #", "-30-", "– Ends –", "- ENDE -"):
        assert lines_of(page.format(f"<p>{sign}</p>")) == [ONE, TWO], sign
    for sign in ("Ends", "30", "***", "- Enders -"):
        assert sign in lines_of(page.format(f"<p>{sign}</p>")), sign
    assert THREE in lines_of(f"<h1>A tree</h1><div><p>{ONE}</p><p>###</p><p>{TWO}</p><p>{THREE}</p></div>")


def test_who_spoke_is_read_with_the_quotation() -> None:
    said = "<blockquote><p>Nobody asked us.</p><footer class='author'>Ann Lee, baker</footer></blockquote>"
    page = f"<h1>A tree</h1><div><p>{ONE}</p>{said}<p>{TWO}</p><p>{THREE}</p><footer>{TWO} {ONE}</footer></div>"
    assert lines_of(page) == [ONE, "Nobody asked us.\nAnn Lee, baker", TWO, THREE]


def test_a_caption_among_inline_text_is_a_line_of_its_own_and_the_text_around_it_is_whole() -> None:
    photo = "<span><img src='/a.jpg'><em class='img_desc'>The old hall in May</em></span>"
    assert lines_of(f"<h1>A tree</h1><div>{photo}{ONE}<br><br>{TWO}<br><br>{THREE}</div>") == [ONE, TWO, THREE]
    word = "<span class='word'>tree</span>"
    assert (
        lines_of(f"<h1>A tree</h1><div><p>The {word} fell. {ONE}</p><p>{TWO}</p></div>")[0] == f"The tree fell. {ONE}"
    )


def test_a_day_or_a_writer_behind_the_standfirst_is_no_text_and_a_sentence_that_names_them_is() -> None:
    page = f"<h1>A tree</h1><div><p>{ONE}</p><p>{{}}</p><p>{TWO}</p><p>{THREE}</p></div>"
    for fact in ("By Ann Lee, 18 November 2026", "18 November 2026, 14:30", "Ann Lee and Bo Ek 18.11.2026 14:30"):
        assert lines_of('<meta name="author" content="Ann Lee">' + page.format(fact)) == [ONE, TWO, THREE], fact
    for sentence in ("Ann Lee stayed until 18 November 2026.", "They came on 18 November 2026 and left the town"):
        assert sentence in lines_of(page.format(sentence))


def test_days_counters_placeholders_and_signatures_are_no_text() -> None:
    lines = ["31. 10. 2025 17:46", "1/12", "Page 1 of 8", "Seite 2 von 3", "$$ARTICLE_AD$$", "{{ad.slot}}"]
    page = f"<h1>A tree</h1><div><p>{ONE}</p>{{}}<p>{TWO}</p><p>{THREE}</p>{{}}</div>"
    between = "".join(f"<p>{line}</p>" for line in lines)
    assert lines_of(page.format(between, "<p>RBB (ann, bo)</p><p>5 May 2025 (changed 6 May 2025)</p>")) == [
        ONE,
        TWO,
        THREE,
    ]
    said = ["On 31 October 2025 they came", "Five of 12 stayed", "He paid $12 (or nine euros)."]
    shown = lines_of(page.format("".join(f"<p>{line}.</p>" for line in said), "<p>It rained (a lot).</p>"))
    assert [line.rstrip(".") for line in shown[1:4]] == [line.rstrip(".") for line in said]
    assert shown[-1] == "It rained (a lot)."


def test_the_inside_of_a_custom_element_is_read_and_other_templates_are_not() -> None:
    text = f"<article><p>{ONE}</p><p>{TWO}</p></article>"
    page = f"<h1>A tree</h1><x-story><template {{}}>{text}</template></x-story><p>{THREE}</p>"
    assert lines_of(page.format("shadowrootmode=open")) == [ONE, TWO, THREE]
    assert lines_of(page.format("id=card")) == [THREE]


def test_plain_text_in_lines_of_one_width_is_paragraphs_and_code_is_code() -> None:
    wire = "\n\n".join("\n".join(wrap(text, 40)) for text in (ONE, TWO, THREE))
    assert lines_of(f"<h1>A tree</h1><pre>{wire}</pre>") == [ONE, TWO, THREE]
    code = "for tree in trees:\n    if tree.fell:\n        town.tell(tree)\n" * 9
    assert lines_of(f"<h1>A tree</h1><p>{ONE}</p><p>{TWO}</p><pre>{code}</pre>")[2].count("\n") > 20
    log = "Monday.\n  The council met.\n  It agreed.\n\nTuesday.\n  Nobody came.\n" * 6
    assert "\n  It agreed." in lines_of(f"<h1>A tree</h1><p>{ONE}</p><p>{TWO}</p><pre>{log}</pre>")[2]


def test_sentences_in_the_tags_of_headings_are_paragraphs() -> None:
    before = "".join(f"<h4>{line}</h4>" for line in (ONE, TWO, THREE))
    behind = "".join(f"<h4>Later: {line}</h4>" for line in (ONE, TWO, THREE))
    blocks = body_of(f"<h1>A tree</h1><div>{before}<h3>The stalls</h3>{behind}</div>").blocks
    assert [type(block).__name__ for block in blocks].count("Heading") == 1
    questions = "".join(f"<h4>{line[:-1]}?</h4><p>Yes. {line}</p>" for line in (ONE, TWO, THREE))
    kinds = [type(block).__name__ for block in body_of(f"<h1>A tree</h1><div>{questions}</div>").blocks]
    assert kinds.count("Heading") == 3


def test_a_quotation_around_most_of_the_text_only_indents_it() -> None:
    inner = "<blockquote><p>Nobody asked us.</p></blockquote>"
    page = f"<h1>A tree</h1><blockquote><p>{ONE}</p><h2>The stalls</h2><p>{TWO}</p>{inner}<p>{THREE}</p></blockquote>"
    kinds = [type(block).__name__ for block in body_of(page).blocks]
    assert kinds == ["Paragraph", "Heading", "Paragraph", "Quote", "Paragraph"]


def test_the_headline_again_with_a_kicker_is_no_text_whatever_its_level() -> None:
    head = "<title>Town moves its market to the station</title>"
    page = f"{head}<article><h3>Towns - Town moves its market to the station</h3><p>{ONE}</p><p>{TWO}</p></article>"
    assert lines_of(page) == [ONE, TWO]


@pytest.mark.parametrize("tag", ["main", "article", "section", "div", "x-story"])
def test_a_page_may_leave_out_its_body_tag(tag: str) -> None:
    head = '<!doctype html><title>A tree</title><meta charset="utf-8"><script>1</script>'
    text = f"<p>{ONE}</p><p>{TWO}</p>"
    assert lines_of(f"{head}<{tag}><h1>A tree</h1>{text}</{tag}><p>{THREE}</p>") == [ONE, TWO, THREE]


def test_a_text_beside_an_image_is_read_whatever_its_box_is_called() -> None:
    text = f"<div class='image-text'><img src='/a.jpg'><div>{' '.join((ONE, TWO, THREE, ONE, TWO))}</div></div>"
    page = f"<h1>A tree</h1><div><p>{THREE}</p><p>{TWO} So far.</p>{text}<p>{ONE} Or not.</p><p>{TWO} Or not.</p></div>"
    assert any(line.startswith(f"{ONE} {TWO} {THREE}") for line in lines_of(page))


def test_paragraphs_on_cookies_around_a_story_are_a_notice_and_a_story_on_them_is_one() -> None:
    cookies = ["The cookies of this page measure how many people read which part of it, and share what we learn.",
               "You may refuse all cookies but those without which no page could be shown to you at all."]  # fmt: skip
    notice = "".join(f"<p>{line}</p>" for line in cookies)
    page = f"<h1>{{}}</h1><div><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>{notice}</div>"
    assert lines_of(page.format("A tree")) == [ONE, TWO, THREE]
    assert lines_of(page.format("A town and its cookies")) == [ONE, TWO, THREE, *cookies]
    assert lines_of(f"<h1>A tree</h1><div><p>{ONE}</p><p>{TWO}</p><p>{cookies[0]}</p></div>") == [ONE, TWO, cookies[0]]


def test_the_heading_of_an_offer_goes_with_it() -> None:
    box = "<div><h3>The Gazette</h3><p>Sign up for our newsletter and get the best stories in your inbox.</p></div>"
    page = f"<h1>A tree</h1><div><p>{ONE}</p>{box}<p>{TWO}</p><h3>The stalls</h3><p>{THREE}</p></div>"
    assert lines_of(page) == [ONE, TWO, "The stalls", THREE]


def test_what_a_list_or_a_heading_names_on_other_sites_is_read_and_names_of_networks_are_not() -> None:
    item = "<li><a href='https://{0}.test/report'>The report of the {0} office</a></li>"
    sources = "".join(item.format(name) for name in ("census", "weather", "harbour"))
    heading = "<h3><a href='https://mill.test/'>1. The old mill</a></h3><p>Open on Sundays.</p>"
    networks = (
        "<ul><li><a href='https://social.test/news'>Social</a></li><li><a href='https://x.test/n'>X</a></li></ul>"
    )
    page = f"<h1>A tree</h1><div><p>{ONE}</p>{heading}<p>{TWO}</p><h3>The papers</h3><ul>{sources}</ul>{networks}</div>"
    named = [f"The report of the {name} office" for name in ("census", "weather", "harbour")]
    assert lines_of(page) == [ONE, "1. The old mill", "Open on Sundays.", TWO, "The papers", *named]
    own = (
        page.replace("https://census.test", "").replace("https://weather.test", "").replace("https://harbour.test", "")
    )
    assert lines_of(own) == [ONE, "1. The old mill", "Open on Sundays.", TWO]


def test_a_headings_id_is_made_of_its_words_and_says_nothing() -> None:
    heading = "<h2 id='social-sharing'>How towns share a square</h2>"
    page = f"<h1>A tree</h1><div><p>{ONE}</p>{heading}<p>{TWO}</p><p>{THREE}</p></div>"
    assert lines_of(page) == [ONE, "How towns share a square", TWO, THREE]


def test_a_sentence_may_speak_of_a_newsletter() -> None:
    page = f"<h1>A tree</h1><div><p>{ONE}</p><p>{{}}</p><p>{TWO}</p><p>{THREE}</p></div>"
    sentence = (
        "The bank had warned of such a fall in the weekly newsletter that its economists have written since 1994."
    )
    assert sentence in lines_of(page.format(sentence))
    for offer in (
        "The weekly newsletter with all that moves the harbour: subscribe now and never miss a story of ours again.",
        "Jetzt den Newsletter bestellen und jeden Morgen wissen, was in der Stadt geschieht und wer darüber spricht.",
    ):
        assert lines_of(page.format(offer)) == [ONE, TWO, THREE], offer


def test_a_size_in_a_class_is_no_tool_for_readers() -> None:
    text = f"<p class='font-size-xs'>{TWO}</p><div class='font-size'><a href='#'>A+</a></div><p>{THREE}</p>"
    assert lines_of(f"<h1>A tree</h1><div><p>{ONE}</p>{text}</div>") == [ONE, TWO, THREE]


def test_a_text_in_markdown_is_read_with_its_structure() -> None:
    text = (
        f"{ONE}\n\n## The *stalls*\n\n{TWO} [More](https://harbour.test/a).\n\n- the tree\n- the **hall**\n\n> {THREE}"
    )
    state = f"<script>window.a=1;window.__STATE__ = {json.dumps({'article': {'body': text}})};</script>"
    kinds = [type(block).__name__ for block in body_of(f"<h1>A tree</h1><p>Loading</p>{state}").blocks]
    assert kinds == ["Paragraph", "Heading", "Paragraph", "ListBlock", "Quote"]
    assert lines_of(f"<h1>A tree</h1>{state}") == [ONE, "The stalls", f"{TWO} More.", "the tree", "the hall", THREE]


def test_a_last_sentence_that_is_mostly_a_link_is_read() -> None:
    last = f"<p><a href='/c'>{ONE[:-1]}, and the tree</a>, as nobody in the old hall had expected.</p>"
    assert lines_of(f"<h1>A tree</h1><div><p>{TWO}</p><p>{THREE}</p>{last}</div>")[-1].endswith("had expected.")


def test_what_is_folded_up_is_read_though_it_is_hidden() -> None:
    answer = "<h3>Why?</h3><div class='accordion-content hidden'><p>{}</p></div>"
    page = f"<h1>A tree</h1><div><p>{ONE}</p><p>{TWO}</p>{answer.format(THREE)}</div>"
    assert lines_of(page) == [ONE, TWO, "Why?", THREE]


def test_a_name_that_nearly_all_of_the_article_bears_says_nothing() -> None:
    parts = "".join(f"<div class='widget text'><p>{text}</p></div>" for text in (ONE, TWO, THREE))
    short = "<div class='widget text'><p>And that, said the mayor of the town, was that.</p></div>"
    assert lines_of(f"<h1>A tree</h1><div><main>{parts}{short}</main></div>")[-1].startswith("And that")


def test_data_is_no_text() -> None:
    assert lines_of(f"<h1>A tree</h1><div><p>{ONE}</p><p>{TWO}</p><div>{'PGRpdiBj' * 900}</div></div>") == [ONE, TWO]


def test_the_lead_above_the_body_is_read() -> None:
    lead = "After four years the quarrel over a tree is settled, and the market may begin."
    page = (
        f"<main><header><h1>A tree, a town</h1><p>{lead}</p></header><div><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p></div>"
    )
    assert lines_of(page + "</main>") == [lead, ONE, TWO, THREE]


def test_the_lead_is_read_below_a_headline_with_a_kicker_and_below_one_in_other_words() -> None:
    page = (
        f"<title>Town moves market</title><h1>{{}}</h1><p class='lead'>{TWO}</p><div><p>{ONE}</p><p>{THREE}</p></div>"
    )
    for shown in ("Towns: Town moves market", "Market moves to the station"):
        assert lines_of(page.format(shown)) == [TWO, ONE, THREE]


def test_a_long_second_headline_is_the_standfirst_and_the_first_in_other_words_is_not() -> None:
    second = "The stalls will stand at the station until the square has been paved again, and nobody knows for how long"
    page = f"<h1>Town moves its market</h1><h2>{{}}</h2><div class='text'><p>{ONE}</p><p>{TWO}</p></div>"
    assert lines_of(page.format(second)) == [second, ONE, TWO]
    assert lines_of(page.format("Town moves its market to the station")) == [ONE, TWO]


def test_a_class_that_names_the_whole_page_says_nothing() -> None:
    page = (
        f"<body class='has-sidebar comments-open related'><div id='sidebar-left-layout'><p>{ONE}</p><p>{TWO}</p></div>"
    )
    assert lines_of(page) == [ONE, TWO]


def test_a_dropped_line_names_its_rule() -> None:
    body = body_of(f"<p>{ONE}</p><p>{TWO}</p><p>Read also: another</p><p>{THREE}</p>")
    assert [(drop.rule, drop.text) for drop in body.dropped] == [("phrase", "Read also: another")]


def test_a_declared_paywall_with_a_short_text_is_paywalled_and_a_long_text_is_not() -> None:
    paid = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}</script>'
    assert body_of(f"{paid}<p>{ONE}</p>").access is Access.PAYWALLED
    whole = "".join(f"<p>{n}. {ONE}</p>" for n in range(60))
    assert body_of(f"{paid}{whole}").access is Access.FREE


def test_confidence_grows_with_the_text_and_is_nothing_without() -> None:
    assert body_of("<p></p>").confidence == 0.0
    assert 0.3 < body_of(f"<p>{ONE}</p>").confidence < body_of(f"<article><p>{ONE}</p>{f'<p>{TWO}</p>' * 9}").confidence


def test_the_text_behind_a_closed_html_is_read() -> None:
    assert lines_of(f"<html><body><p>{ONE}</p></body></html><p>{TWO}</p><p>{THREE}</p>") == [ONE, TWO, THREE]


def test_mock_latin_is_no_text_and_tells_of_a_paywall() -> None:
    mock = "Dolor ipsam et est cumque. Laboriosam sed delectus rerum sint qui natus tenetur ea aut voluptatem."
    body = body_of(f"<p>{ONE}</p><p>{mock}</p><p>{mock} Quia.</p>")
    assert list(block_lines(body.blocks)) == [ONE]
    assert body.access is Access.PAYWALLED


def test_of_several_stories_the_one_with_the_headline_is_read() -> None:
    others = "".join(
        f"<section><article><h2>Story {n}</h2><p>{n} {TWO}</p><p>{n} {THREE}</p></article></section>" for n in range(5)
    )
    own = f"<section><article><h1>A tree, a town</h1><p>{ONE}</p><p>{TWO}</p></article></section>"
    assert lines_of(f"<main>{own}{others}</main>") == [ONE, TWO]


def test_a_biography_at_the_end_is_left_out() -> None:
    story = "".join(f"<p>{n}. {ONE}</p>" for n in range(8))
    assert lines_of(f"{story}<p>Ann Lee is a reporter with the Ellery Post and has two dogs.</p>")[-1].startswith("7.")


def test_rules_of_looks_never_leave_a_page_without_its_only_text() -> None:
    only = "WASHINGTON, 5 December - The council has confirmed the result of the vote, and a new mayor will begin. (AP)"
    assert lines_of(f"<h1>A vote</h1><div><p><img src='/a.jpg'></p><p>{only}</p></div>") == [only]
