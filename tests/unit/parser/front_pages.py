# ruff: noqa: E501 (a page on one line reads as the page it is)
"""Front pages, lists and other pages that are no article, as sites of many kinds build them. Written for the tests."""

from collections.abc import Callable, Iterator

WORDS = {
    "en": "council votes on new harbour plan after long debate over costs and noise near the old town market square".split(),
    "ar": "المجلس يصوت على خطة الميناء الجديدة بعد نقاش طويل حول التكاليف والضوضاء قرب سوق المدينة القديمة اليوم".split(),
    "fa": "شورا به طرح تازه بندر پس از گفتگوی طولانی درباره هزینه و سروصدا نزدیک بازار شهر قدیم رای داد".split(),
    "fr": "le conseil adopte le plan du port après un long débat sur les coûts et le bruit près de la vieille ville".split(),
    "ru": "совет принял новый план порта после долгих споров о расходах и шуме возле старого городского рынка".split(),
    "zh": "市议会 经过 长时间 辩论 通过 新的 港口 计划 涉及 老城 市场 附近 的 费用 与 噪音 问题".split(),
}
STOP = {"zh": "。"}


def sentence(language: str, seed: int, length: int) -> str:
    words = WORDS[language]
    chosen = [words[(seed * 7 + n * (seed % 5 + 1)) % len(words)] for n in range(length)]
    text = ("" if language == "zh" else " ").join(chosen)
    return text[:1].upper() + text[1:] + STOP.get(language, ".")


def headline(language: str, seed: int) -> str:
    return sentence(language, seed, 8 + seed % 4).rstrip(".。")


def paragraph(language: str, seed: int, sentences: int = 3) -> str:
    return " ".join(sentence(language, seed * 3 + n, 12 + n % 5) for n in range(sentences))


def page(title: str, body: str, *, language: str = "en", head: str = "") -> str:
    direction = ' dir="rtl"' if language in ("ar", "fa") else ""
    menu = "".join(
        f'<li><a href="/{name}">{name.title()}</a></li>'
        for name in ("politics", "sport", "culture", "economy", "world")
    )
    return (
        f'<!DOCTYPE html><html lang="{language}"{direction}><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        f'<header><a href="/"><img src="/logo.png" alt="The Harbour News"></a><nav><ul>{menu}</ul></nav></header>{body}'
        '<footer><p>© 2026 The Harbour News. All rights reserved. <a href="/imprint">Imprint</a> <a href="/privacy">Privacy</a></p></footer>'
        "</body></html>"
    )


def cards(language: str, count: int = 24) -> str:
    """A grid of cards: picture, linked headline, no teaser."""
    return "".join(
        f'<div class="card"><a href="/news/2026/11/{n:02d}/story-about-the-harbour-{n}"><img src="/i/{n}.jpg" alt=""></a>'
        f'<h3><a href="/news/2026/11/{n:02d}/story-about-the-harbour-{n}">{headline(language, n)}</a></h3><span>{n} hours ago</span></div>'
        for n in range(count)
    )


def teasers(language: str, count: int = 12, sentences: int = 2) -> str:
    """A list of headlines, each with a teaser in a paragraph."""
    return "".join(
        f'<article class="teaser"><h2><a href="/{language}/{4000 + n}">{headline(language, n)}</a></h2>'
        f'<p>{paragraph(language, n, sentences)}</p><a href="/{language}/{4000 + n}">Read more</a></article>'
        for n in range(count)
    )


def whole_cards(language: str, count: int = 20) -> str:
    """Cards that are links as a whole, headline and teaser inside."""
    return "".join(
        f'<a class="item" href="/article/{90_000 + n}"><div><strong>{headline(language, n)}</strong><p>{paragraph(language, n, 1)}</p></div></a>'
        for n in range(count)
    )


def table_rows(language: str, count: int = 30) -> str:
    """Links in the cells of a layout table, as old ASP.NET sites have them, all in one form."""
    rows = "".join(
        f'<tr><td><a href="show.aspx?id={7000 + n}">{headline(language, n)}</a></td></tr>' for n in range(count)
    )
    return f'<form method="post" action="default.aspx"><table><tr><td><table>{rows}</table></td></tr></table></form>'


def lines(language: str, count: int = 40) -> str:
    """Links with a time, cut by <br>."""
    items = "".join(f'12:{n:02d} <a href="/n{5000 + n}.html">{headline(language, n)}</a><br>' for n in range(count))
    return f'<div id="content">{items}</div>'


def lead_and_cards(language: str) -> str:
    """A lead story with a long teaser, then cards."""
    lead = f'<section class="lead"><h1><a href="/a-1">{headline(language, 3)}</a></h1><p>{paragraph(language, 3, 4)}</p></section>'
    return lead + f"<main>{cards(language)}</main>"


def list_items(language: str, count: int = 35) -> str:
    items = "".join(
        f'<li><a href="/story/{headline("en", n).replace(" ", "-")}">{headline(language, n)}</a></li>'
        for n in range(count)
    )
    return f"<h1>Archive</h1><ul class='list'>{items}</ul>"


def author_page(language: str) -> str:
    """A short life, then what the author wrote."""
    return f'<h1>Jo Doe</h1><div class="bio"><p>{paragraph(language, 5, 2)}</p></div>{teasers(language, 10, 1)}'


def search_results(language: str) -> str:
    return f'<h1>Results for harbour</h1><form action="/search"><input name="q"></form>{teasers(language, 10, 1)}<a href="?page=2">2</a>'


def category_with_description(language: str) -> str:
    return f'<h1>Economy</h1><p class="about">{paragraph(language, 8, 3)}</p>{cards(language, 18)}'


def video_gallery(language: str) -> str:
    return "".join(
        f'<figure><a href="/video/{1000 + n}"><img src="v{n}.jpg" alt="{headline(language, n)}"></a><figcaption>{headline(language, n)}</figcaption></figure>'
        for n in range(20)
    )


def blog_front(language: str) -> str:
    """Six posts with long extracts: the hardest list."""
    return "".join(
        f'<article class="post"><h2 class="entry-title"><a href="/2026/11/0{n}/post-about-harbour-{n}/">{headline(language, n)}</a></h2>'
        f'<time datetime="2026-11-0{n}">0{n}.11.2026</time><p>{paragraph(language, n, 4)}</p><p>{paragraph(language, n + 9, 3)}</p>'
        f'<a href="/2026/11/0{n}/post-about-harbour-{n}/">Continue reading</a></article>'
        for n in range(1, 7)
    )


def spans(language: str) -> str:
    """Links in spans, a line under each; not one heading."""
    return "".join(
        f'<div class=item><a href="/s/{n + 7000}"><span class=t>{headline(language, n)}</span></a><div class=d>{sentence(language, n, 14)}</div></div>'
        for n in range(25)
    )


def strong_links(language: str) -> str:
    return "".join(
        f'<div><strong><a href="/x-{n + 3000}.html">{headline(language, n)}</a></strong><p>{paragraph(language, n, 2)}</p></div>'
        for n in range(12)
    )


def plain_paragraphs(language: str) -> str:
    return "".join(
        f'<p><a href="/x-{n + 3000}.html">{headline(language, n)}</a></p><p>{paragraph(language, n, 2)}</p>'
        for n in range(12)
    )


def opinions(language: str) -> str:
    """Columns by people: a picture, a name, a headline, a line."""
    return "".join(
        f'<div class=op><img src=a.jpg><a href="/author/a{n}">Jo Doe {n}</a><h4><a href="/opinion/{n + 3000}">{headline(language, n)}</a></h4><p>{sentence(language, n, 20)}</p></div>'
        for n in range(14)
    )


def hero(language: str) -> str:
    """The first paragraphs of one story, as long as a short article, then cards."""
    address = "/news/2026/11/24/hero-story-of-the-day"
    text = "".join(f"<p>{paragraph(language, n, 3)}</p>" for n in range(4))
    return f'<div class=hero><h2><a href="{address}">{headline(language, 3)}</a></h2>{text}<a href="{address}">More</a></div>{cards(language, 20)}'


LAYOUTS: dict[str, Callable[[str], str]] = {
    "cards": cards,
    "teasers": teasers,
    "long teasers": lambda language: teasers(language, 10, 4),
    "whole cards": whole_cards,
    "table": table_rows,
    "lines": lines,
    "lead": lead_and_cards,
    "list": list_items,
    "author": author_page,
    "search": search_results,
    "category": category_with_description,
    "videos": video_gallery,
    "blog": blog_front,
    "spans": spans,
    "strong": strong_links,
    "plain": plain_paragraphs,
    "opinions": opinions,
    "hero": hero,
}


def all_front_pages() -> Iterator[tuple[str, str, str]]:
    """Yield (name, url, html) of every layout in every language, at the front, at a section, without and with hints."""
    for layout, build in LAYOUTS.items():
        for n, language in enumerate(WORDS):
            url = ("https://news.example/", "https://news.example/economy/", "https://news.example/index.php?s=4")[
                n % 3
            ]
            head = '<meta property="og:type" content="website">' if n % 2 else ""
            yield f"{layout} {language}", url, page("The Harbour News", build(language), language=language, head=head)


def article(language: str, paragraphs: int = 6, *, around: str = "") -> str:
    """An article with as much text as asked for, and what stands around it."""
    text = "".join(f"<p>{paragraph(language, n, 3)}</p>" for n in range(paragraphs))
    title = headline(language, 2)
    body = f'<main><article><h1>{title}</h1><p class="date">24 November 2026</p>{text}</article></main><aside>{around}</aside>'
    return page(f"{title} - The Harbour News", body, language=language)
