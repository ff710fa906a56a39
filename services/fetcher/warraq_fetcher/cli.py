"""``warraq fetch``: the fetcher alone, without a queue and without Redis; each hop and each decision is shown."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from warraq_fetcher.fetch import Trail
from warraq_fetcher.one import OnePage, fetch_shown
from warraq_fetcher.response import Response
from warraq_shared.cli import error_document
from warraq_shared.console import size
from warraq_shared.errors import PageProblem, Temporary
from warraq_shared.reasons import Reason
from warraq_shared.settings import Settings


@click.command("fetch")
@click.argument("url")
@click.option("--headers", is_flag=True, help="Show what was sent and every header that came back.")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the page there; - is stdout."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--no-robots", is_flag=True, help="Do not ask robots.txt.")
def fetch_command(url: str, headers: bool, output: Path | None, as_json: bool, no_robots: bool) -> None:
    """Fetch URL as the fetcher would; show each hop and decision.

    \b
    Examples:
      warraq fetch https://example.com/ --headers
      warraq fetch https://example.com/story -o story.html
    """
    page = fetch_shown(url, Settings(), obey_robots=not no_robots)
    if page.response is not None and output is not None:
        _write(output, page.response.body)
    if as_json:
        click.echo(json.dumps(_document(page), ensure_ascii=False, indent=2), err=output == Path("-"))
    else:
        _show(page, headers, err=output == Path("-"))
    if page.problem is not None:
        click.echo(f"warraq: {page.problem.reason}: {page.problem}{_again(page.problem)}", err=True)
        sys.exit(page.problem.exit_code)


def _write(output: Path, body: bytes) -> None:
    if output == Path("-"):
        sys.stdout.buffer.write(body)
        sys.stdout.buffer.flush()
    else:
        output.write_bytes(body)


def _show(page: OnePage, with_headers: bool, *, err: bool) -> None:
    for line in _lines(page, with_headers):
        click.echo(line, err=err)


def _lines(page: OnePage, with_headers: bool) -> list[str]:
    lines = [line for step in _steps(page.trail) for line in _step_lines(step, with_headers)]
    notes = tuple(dict.fromkeys(page.trail.notes))
    if notes:
        lines.append(f"odd: {', '.join(notes)}")
    return [*lines, *([_decided(page.response)] if page.response is not None else [])]


def _again(problem: PageProblem) -> str:
    wait = problem.retry_after if isinstance(problem, Temporary) else None
    return f" Again in {wait:.0f} s." if wait else ""


def _decided(response: Response) -> str:
    moved = " It has moved there for good." if response.moved_for_good else ""
    came = f"{size(len(response.body))} ({size(response.wire_bytes)} on the wire) in {response.seconds:.2f} s"
    return f"{Reason.OK}: {came} from {response.final_url}.{moved}"


def _step_lines(step: dict[str, Any], with_headers: bool) -> list[str]:
    place = f" → {step['received']['location']}" if "location" in step["received"] else ""
    first = f"{step['status']} {step['url']}{place}  ({step['seconds']:.2f} s)"
    if not with_headers:
        return [first]
    sent = [f"  > {name}: {value}" for name, value in step["sent"].items()]
    received = [f"  < {name}: {value}" for name, value in step["received"].items()]
    return [first, *sent, *received]


def _steps(trail: Trail) -> list[dict[str, Any]]:
    return [
        {
            "url": head.url,
            "status": head.status,
            "seconds": round(head.latency, 3),
            "sent": dict(head.sent),
            "received": dict(head.headers),
        }
        for head in trail.heads
    ]


def _document(page: OnePage) -> dict[str, Any]:
    response, problem = page.response, page.problem
    fetched_at: datetime | None = response.fetched_at if response else None
    error = error_document(str(problem), problem.exit_code, problem.reason) if problem else {}
    return {
        **error,
        "url": page.url,
        "final_url": response.final_url if response else None,
        "reason": str(problem.reason if problem else Reason.OK),
        "sentence": str(problem or Reason.OK.sentence),
        "http_status": response.status if response else problem.http_status if problem else None,
        "retry_after": problem.retry_after if isinstance(problem, Temporary) else None,
        "fetched_at": fetched_at.isoformat() if fetched_at else None,
        "size": len(response.body) if response else None,
        "wire_bytes": response.wire_bytes if response else None,
        "content_hash": response.content_hash if response else None,
        "moved_for_good": response.moved_for_good if response else False,
        "notes": list(dict.fromkeys(page.trail.notes)),
        "steps": _steps(page.trail),
    }
