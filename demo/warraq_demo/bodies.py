"""The body of a story as HTML, in the habits of five kinds of news sites."""

from collections.abc import Callable
from html import escape

from warraq_demo.content import Site, Story
from warraq_demo.markup import Also, Part
from warraq_shared.article import Embed, Heading, ImageBlock, ListBlock, Paragraph, Quote, Table

Draw = Callable[[Site, Part], str]


def body_html(site: Site, story: Story) -> str:
    """Return the body of ``story`` as its site writes it, furniture inside the body included."""
    draw = STYLES[site.style]
    return "\n".join(draw(site, part) for part in story.parts)


def semantic(site: Site, part: Part) -> str:
    """Write HTML as the standard means it: paragraphs, headings, figures."""
    match part:
        case Paragraph():
            return f"<p>{escape(part.text, quote=False)}</p>"
        case Heading():
            return f"<h{part.level}>{escape(part.text, quote=False)}</h{part.level}>"
        case Quote():
            lines = "".join(f"<p>{escape(line, quote=False)}</p>" for line in part.text.split("\n"))
            return f"<blockquote>{lines}</blockquote>"
        case ListBlock():
            return _list(part)
        case Table():
            return f'<table class="data">{_rows(part)}</table>'
        case ImageBlock():
            return _figure(part)
        case Embed():
            return f'<div class="video"><iframe src="{escape(part.url)}" loading="lazy" allowfullscreen></iframe></div>'
        case Also():
            return f'<aside class="read-more"><span>{_label(site)}</span> {_anchor(site, part)}</aside>'


def wordpress(site: Site, part: Part) -> str:
    """Write as a WordPress theme does: block classes, and "read also" as one more paragraph in bold."""
    match part:
        case Heading():
            text = escape(part.text, quote=False)
            return f'<h{part.level} class="wp-block-heading">{text}</h{part.level}>'
        case ImageBlock():
            credit = f" <cite>{escape(part.credit)}</cite>" if part.credit else ""
            text = f"{escape(part.caption or '')}{credit}"
            return (
                f'<figure class="wp-block-image size-large wp-caption"><img decoding="async" src="{part.url}" '
                f'alt="{escape(part.alt or "")}" class="wp-image-31">'
                f'<figcaption class="wp-caption-text">{text}</figcaption></figure>'
            )
        case Embed():
            frame = f'<iframe title="video" width="800" height="450" src="{escape(part.url)}"></iframe>'
            return f'<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">{frame}</div></figure>'
        case Also():
            return f"<p><strong>{_label(site)} {_anchor(site, part)}</strong></p>"
        case _:
            return semantic(site, part)


def line_breaks(site: Site, part: Part) -> str:
    """Write as an old home-made system does: no paragraphs, only line breaks, headings in bold."""
    match part:
        case Paragraph():
            return f"{escape(part.text, quote=False)}<br><br>"
        case Heading():
            return f"<b>{escape(part.text, quote=False)}</b><br><br>"
        case ImageBlock():
            credit = f' <span class="credit">{escape(part.credit)}</span>' if part.credit else ""
            return (
                f'<div class="photo"><img src="{part.url}" alt="{escape(part.alt or "")}">'
                f'<div class="legende">{escape(part.caption or "")}{credit}</div></div>'
            )
        case Also():
            return f'<div class="lire-aussi">{_label(site)} {_anchor(site, part)}</div>'
        case _:
            return semantic(site, part)


def office_cells(site: Site, part: Part) -> str:
    """Write as a text pasted from a word processor into a table cell: spans, and headings as strong paragraphs."""
    match part:
        case Paragraph():
            return f'<p class="MsoNormal"><span lang="FA">{escape(part.text, quote=False)}</span></p>'
        case Heading():
            return f'<p class="MsoNormal"><strong>{escape(part.text, quote=False)}</strong></p>'
        case ImageBlock():
            image = f'<img src="{part.url}" alt="{escape(part.alt or "")}">'
            return (
                f'<table align="center" class="imgtbl"><tr><td>{image}</td></tr>'
                f'<tr><td class="imgcap">{escape(part.caption or "")}</td></tr></table>'
            )
        case Also():
            link = f'<a class="rel" href="{_href(site, part)}">{_label(site)} {_title(site, part)}</a>'
            return f'<p class="MsoNormal">{link}</p>'
        case _:
            return semantic(site, part)


def components(site: Site, part: Part) -> str:
    """Write as a front end of components does: generated class names, data attributes, a wrapper around each block."""
    match part:
        case Paragraph():
            return f'<p class="Text_p__x81kd" data-block="text">{escape(part.text, quote=False)}</p>'
        case Also():
            return f'<div class="InlineRelated_box__q7Lw2">{_label(site)}{_anchor(site, part)}</div>'
        case _:
            return f'<div class="Block_wrap__p02Zs" data-block="{_name(part)}">{semantic(site, part)}</div>'


STYLES: dict[str, Draw] = {
    "semantic": semantic,
    "wordpress": wordpress,
    "line_breaks": line_breaks,
    "office_cells": office_cells,
    "components": components,
}


def _name(part: Part) -> str:
    return "also" if isinstance(part, Also) else part.type


def _list(part: ListBlock) -> str:
    tag = "ol" if part.ordered else "ul"
    items = "".join(f"<li>{escape(item, quote=False)}</li>" for item in part.items)
    return f"<{tag}>{items}</{tag}>"


def _rows(part: Table) -> str:
    head, *rest = part.rows
    first = "<thead><tr>" + "".join(f"<th>{escape(cell)}</th>" for cell in head) + "</tr></thead>"
    lines = ("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rest)
    return f"{first}<tbody>{''.join(lines)}</tbody>"


def _figure(part: ImageBlock) -> str:
    credit = f' <span class="credit">{escape(part.credit)}</span>' if part.credit else ""
    return (
        f'<figure><img src="{part.url}" alt="{escape(part.alt or "")}" width="640" height="360">'
        f"<figcaption>{escape(part.caption or '')}{credit}</figcaption></figure>"
    )


def _label(site: Site) -> str:
    return escape(site.text["read_also"])


def _title(site: Site, part: Also) -> str:
    return escape(site.story(part.key).title, quote=False)


def _href(site: Site, part: Also) -> str:
    return escape(site.story_path(site.story(part.key)))


def _anchor(site: Site, part: Also) -> str:
    return f'<a href="{_href(site, part)}">{_title(site, part)}</a>'
