"""What the pipeline must make of each address of the demo world, derived from the same content as the pages.

An end-to-end test crawls the world and compares its database with ``world_facts``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from warraq_demo.content import Oddity, Site, Story, read_sites
from warraq_demo.markup import Also, blocks_of
from warraq_demo.pages import latest, prints_deck, related_to
from warraq_demo.world import origin_of
from warraq_shared.article import Block, Heading, ImageBlock, Paragraph, block_lines
from warraq_shared.parsed import PageKind
from warraq_shared.reasons import PageState, Reason

# Shorter furniture ("Home") may well occur in a text by chance.
_TELLING = 12


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """What must be known of one article.

    ``subtitle`` is the deck above the body; it is the first line of the text too.
    ``published_on`` is the day its page prints; ``published_at`` is the moment, where the page itself states it with
    its offset, else None. ``never`` are pieces of furniture that stand on the page and must not be in the text.
    ``copy_of`` is the address of the article that this one is a copy of.
    """

    title: str
    subtitle: str
    language: str
    direction: str
    published_on: date
    published_at: datetime | None
    modified_at: datetime | None
    authors: tuple[str, ...]
    section: str
    tags: tuple[str, ...]
    blocks: tuple[Block, ...]
    never: tuple[str, ...]
    copy_of: str | None = None

    @property
    def text(self) -> str:
        """The text, one block, item or row a line."""
        return "\n".join(block_lines(self.blocks))

    @property
    def headings(self) -> tuple[str, ...]:
        """The sub-headings in order."""
        return tuple(block.text for block in self.blocks if isinstance(block, Heading))


@dataclass(frozen=True, slots=True)
class PageFacts:
    """How one address must end: state and reason, and the article if there is one. ``source`` names its site."""

    url: str
    source: str
    kind: PageKind
    state: PageState
    reason: Reason
    article: ArticleFacts | None = None
    redirects_to: str | None = None


_ENDS = {
    "gone": Reason.GONE,
    "missing": Reason.NOT_FOUND,
    "moved": Reason.MOVED,
    "empty": Reason.EMPTY_BODY,
    "pdf": Reason.WRONG_TYPE,
    "forbidden": Reason.ROBOTS,
}


def world_facts(port: int, edition: int = 0) -> tuple[PageFacts, ...]:
    """Return the facts of every address that the sources of the world lead to, in ``edition``."""
    sites = read_sites(edition)
    return tuple(facts for site in sites for facts in _site_facts(site, sites, port))


def article_facts(port: int, edition: int = 0) -> dict[str, ArticleFacts]:
    """Return the facts of the articles alone, by address."""
    return {page.url: page.article for page in world_facts(port, edition) if page.article is not None}


def _site_facts(site: Site, sites: tuple[Site, ...], port: int) -> Iterator[PageFacts]:
    origin = origin_of(site.name, port)
    for story in site.stories:
        article = _article(site, story, sites, port)
        url = origin + site.story_path(story)
        yield PageFacts(url, site.name, PageKind.ARTICLE, PageState.STORED, Reason.OK, article)
    for oddity in site.oddities:
        if oddity.listed != "nowhere":
            yield _odd(site, oddity, origin)


def _odd(site: Site, oddity: Oddity, origin: str) -> PageFacts:
    reason = _ENDS[oddity.does]
    target = origin + site.story_path(site.story(oddity.target)) if oddity.target else None
    return PageFacts(origin + oddity.path, site.name, PageKind.UNKNOWN, reason.state, reason, redirects_to=target)


def _article(site: Site, story: Story, sites: tuple[Site, ...], port: int) -> ArticleFacts:
    language = story.language or site.language
    exact = site.shows_exact_time
    return ArticleFacts(
        title=story.title,
        subtitle=story.subtitle if prints_deck(site) else "",
        language=language,
        direction="rtl" if language in ("ar", "fa") else "ltr",
        published_on=story.published.date(),
        published_at=story.published if exact else None,
        modified_at=story.modified if exact else None,
        authors=story.authors,
        section=story.section,
        tags=story.tags,
        blocks=tuple(_blocks(site, story, port)),
        never=tuple(_never(site, story)),
        copy_of=_original(story, sites, port),
    )


def _blocks(site: Site, story: Story, port: int) -> Iterator[Block]:
    """Yield the body: the deck and the picture below it, where the site prints a deck, and the story's own blocks."""
    top: list[Block] = []
    if story.subtitle and prints_deck(site):
        top.append(Paragraph(text=story.subtitle))
        if story.top_image:
            top.append(ImageBlock(url=story.top_image))
    for block in [*top, *blocks_of(story.parts)]:
        yield _placed(block, origin_of(site.name, port))


def _placed(block: Block, origin: str) -> Block:
    """Return ``block`` with its picture's address in full."""
    return block.model_copy(update={"url": origin + block.url}) if isinstance(block, ImageBlock) else block


def _never(site: Site, story: Story) -> Iterator[str]:
    """Yield the furniture of the story's page, as it is printed there."""
    own = "\n".join(block_lines(blocks_of(story.parts)))
    aside = [part for part in story.parts if isinstance(part, Also)]
    furniture = [text for key, text in site.text.items() if key != "read_also" or aside]
    furniture += [comment.text for comment in site.comments]
    furniture += [other.title for other in related_to(site, story) + latest(site, story)]
    furniture += [site.story(part.key).title for part in aside]
    furniture += [story.title]
    yield from (text for text in dict.fromkeys(furniture) if len(text) >= _TELLING and text not in own)


def _original(story: Story, sites: tuple[Site, ...], port: int) -> str | None:
    """Return the address of the story that ``story`` is a copy of, if it is one."""
    if not story.copies:
        return None
    name, _, key = story.copies.partition("/")
    site = next(one for one in sites if one.name == name)
    return origin_of(name, port) + site.story_path(site.story(key))
