"""``warraq explain``: the life story of one URL."""

from itertools import groupby
from operator import itemgetter
from typing import Any

import click
from sqlmodel import Session, col, select

from warraq_shared.console import amount, isolated, print_json, print_table, shown, size
from warraq_shared.reasons import Reason
from warraq_shared.settings import Settings
from warraq_shared.urls import canonical
from warraq_store import explain as stories
from warraq_store.archive.snapshots import NONE_KEPT
from warraq_store.article_tables import Snapshot, Story, StoryMember
from warraq_store.cli.opening import open_database
from warraq_store.cli.showing import status_document, status_text
from warraq_store.database import reading
from warraq_store.schedule import pages
from warraq_store.tables import Article, Page, Revision


@click.command("explain")
@click.argument("url")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def explain(url: str, as_json: bool) -> None:
    """Tell the life story of a URL, step by step, with reasons.

    Each step has its time, its duration, what was decided and why.

    \b
    Examples:
      warraq explain https://example.com/story
      warraq explain https://example.com/story --json
    """
    wanted = canonical(url)
    with reading(open_database(Settings())) as session:
        document = status_document(session, wanted) | _life(session, pages.find(session, wanted))
    print_json(document) if as_json else _print(document)


def _life(session: Session, page: Page | None) -> dict[str, Any]:
    """Return what happened to a page; of one that was forgotten nothing is known any more."""
    if page is None:
        return {"story": [], "article": None, "snapshots": []}
    page_id = page.id or 0
    return {
        "story": [_step(event) for event in stories.story_of(session, page_id)],
        "article": _article(session, page.article_id) if page.article_id else None,
        "snapshots": [_snapshot(row) for row in session.exec(_snapshots(page_id))],
    }


def _step(event: stories.Event) -> dict[str, Any]:
    return {
        "at": event.at,
        "stage": event.stage,
        "decision": event.decision,
        "reason": event.reason,
        "sentence": Reason(event.reason).sentence,
        "detail": event.detail,
        "seconds": event.seconds,
        "times": event.times,
        "contested": [one.model_dump() for one in event.contested],
        "because": list(event.because),
    }


def _article(session: Session, article_id: int) -> dict[str, Any] | None:
    row = session.get(Article, article_id)
    if row is None:
        return None
    replaced = session.exec(select(Revision).where(Revision.article_id == article_id).order_by(col(Revision.number)))
    return {
        "id": article_id,
        "url": row.url,
        "title": row.title,
        "parser_version": row.parser_version,
        "evidence": row.evidence,
        "revisions": [
            {"number": one.number, "seen_at": one.seen_at, "replaced_because": one.because} for one in replaced
        ],
        "story": _story(session, article_id),
    }


def _story(session: Session, article_id: int) -> dict[str, Any] | None:
    member = session.get(StoryMember, article_id)
    story = session.get(Story, member.story_id) if member else None
    if story is None:
        return None
    return {"id": story.id, "articles": story.size, "lead": story.lead_id, "is_lead": story.lead_id == article_id}


def _snapshots(page_id: int) -> Any:
    return select(Snapshot).where(Snapshot.page_id == page_id).order_by(col(Snapshot.fetched_at).desc()).limit(20)


def _snapshot(row: Snapshot) -> dict[str, Any]:
    return {"fetched_at": row.fetched_at, "file": row.file, "offset": row.offset, "size": row.size, "id": row.id}


def _print(document: dict[str, Any]) -> None:
    click.echo(status_text(document))
    if document["discovered_at"]:
        click.echo(f"  known since: {shown(document['discovered_at'])}")
    if document["story"]:
        click.echo()
        print_table(("when (UTC)", "stage", "decision", "took", "why"), map(_row, document["story"]))
    for step in document["story"]:
        _print_weighed(step)
    if article := document["article"]:
        _print_article(article)
    if document["fetched_at"] and not document["snapshots"]:
        click.echo(NONE_KEPT.format(url="it"))
    for snapshot in document["snapshots"]:
        place = f"{snapshot['file']} at {snapshot['offset']}"
        click.echo(f"raw page of {shown(snapshot['fetched_at'])}: {place}, {size(snapshot['size'])}")


def _row(step: dict[str, Any]) -> tuple[str, ...]:
    took = _duration(step["seconds"]) if step["seconds"] else ""
    times = f" (×{step['times']})" if step["times"] > 1 else ""
    why = step["detail"] if step["reason"] == Reason.OK else f"{step['sentence']} {step['detail']}"
    return step["at"][:19].replace("T", " "), step["stage"], step["decision"] + times, took, why.strip()


def _duration(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def _print_weighed(step: dict[str, Any]) -> None:
    """Print what the newest reading weighed: for each field what won over what, or why the page is no article."""
    if step["because"]:
        click.echo(f"\n{step['decision']}, since")
    for sentence in step["because"]:
        click.echo(f"  {isolated(sentence)}")
    for name, rivals in groupby(step["contested"], key=itemgetter("field")):
        click.echo(f"\n{name} was weighed")
        for one in rivals:
            mark = "✓" if one["won"] else " "
            why = f": {isolated(one['why'])}" if one["why"] else ""
            click.echo(f"  {mark} {isolated(one['value'])} by {one['origin']} ({one['confidence']:.2f}){why}")


def _print_article(article: dict[str, Any]) -> None:
    click.echo(f"\narticle {article['id']}: {isolated(article['title'] or '(no title)')}")
    for name, evidence in article["evidence"].items():
        precision = f", to the {evidence['precision']}" if evidence.get("precision") else ""
        click.echo(f"  {name}: by {evidence['origin']} ({evidence['confidence']:.2f}{precision})")
    for revision in article["revisions"]:
        click.echo(
            f"  revision {revision['number']}, seen {shown(revision['seen_at'])},"
            f" replaced because of: {revision['replaced_because'] or '-'}"
        )
    if story := article["story"]:
        role = "its lead" if story["is_lead"] else f"the lead is article {story['lead']}"
        click.echo(f"  story {story['id']}: {amount(story['articles'], 'article')}, {role}")
