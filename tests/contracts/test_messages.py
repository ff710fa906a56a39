"""Messages are a promise: what was ever sent can be read, what is sent has not changed its shape unnoticed.

``messages/<kind>.v<version>.json`` is one message as it was sent; ``messages/<kind>.schema.json`` is its shape. If a
test here fails because a message was changed on purpose: raise its version, keep the old golden file, add one step to
``UPGRADES``, and write the new files with ``python tests/contracts/test_messages.py``.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from warraq_shared import messages
from warraq_shared.messages import (
    AskHubs,
    BadMessage,
    EndedFetch,
    FetchedPage,
    FetchesEnded,
    FetchPages,
    FetchPolicy,
    Hop,
    HubAnswer,
    HubRequest,
    HubsAnswered,
    Message,
    PagesFetched,
    PagesParsed,
    PageToFetch,
    ParsedPage,
)
from warraq_shared.parsed import ItemHints, PageKind
from warraq_shared.reasons import Reason

FOLDER = Path(__file__).parent / "messages"
MOMENT = datetime(2026, 11, 1, 12, 30, tzinfo=UTC)

FETCHED = FetchedPage(
    page_id=7,
    lease="2f1e",
    url="https://example.com/a",
    final_url="https://example.com/b",
    snapshot="0c5d",
    status=200,
    headers={"content-type": "text/html; charset=utf-8", "etag": '"1"'},
    fetched_at=MOMENT,
    seconds=0.25,
    hops=(Hop(url="https://example.com/a", status=301),),
    moved_for_good=True,
    content_hash="9f86d081",
    size=51_234,
    hints=ItemHints(title="عنوان", published_at=MOMENT, authors=("ليلى حداد",), origin="feed"),
    rules="7c2a91d0e4b35f68",
    notes=("x-robots-tag:noai",),
)
EXAMPLES: tuple[Message, ...] = (
    FetchPages(
        host="example.com:443",
        pages=(
            PageToFetch(
                page_id=7,
                lease="2f1e",
                url="https://example.com/a",
                etag='"1"',
                last_modified="Sun, 01 Nov 2026 12:00:00 GMT",
                content_hash="9f86d081",
                hints=FETCHED.hints,
                rules=FETCHED.rules,
            ),
        ),
        policy=FetchPolicy(delay_seconds=5, accept_language="ar", headers={"x-example": "1"}),
        priority=True,
    ),
    PagesFetched(pages=(FETCHED,)),
    FetchesEnded(
        pages=(
            EndedFetch(
                page_id=7,
                lease="2f1e",
                url="https://example.com/a",
                reason=Reason.THROTTLED,
                detail="Retry-After: 120",
                http_status=429,
                ended_at=MOMENT,
                seconds=0.1,
                retry_after=120,
                host_wait=True,
            ),
        )
    ),
    PagesParsed(
        pages=(
            ParsedPage(
                page_id=7,
                lease="2f1e",
                fetched=FETCHED,
                page_kind=PageKind.ARTICLE,
                reason=Reason.OK,
                result="parsed:0c5d",
                seconds=0.004,
            ),
        )
    ),
    AskHubs(
        requests=(
            HubRequest(
                subscription_id=3,
                url="https://hub.example/",
                form={
                    "hub.mode": "subscribe",
                    "hub.topic": "https://example.com/feed",
                    "hub.callback": "https://us.example/websub/0c5d",
                    "hub.secret": "2f1e",
                    "hub.lease_seconds": "864000",
                },
            ),
        )
    ),
    HubsAnswered(
        answers=(
            HubAnswer(
                subscription_id=3,
                url="https://hub.example/",
                reason=Reason.THROTTLED,
                detail="Status 429.",
                http_status=429,
                retry_after=120,
            ),
        )
    ),
)


def golden_file(message: Message) -> Path:
    return FOLDER / f"{message.kind}.v{message.version}.json"


def schema_file(kind: str) -> Path:
    return FOLDER / f"{kind}.schema.json"


def written(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


@pytest.mark.parametrize("message", EXAMPLES, ids=lambda message: message.kind)
def test_a_message_is_sent_as_it_was_promised(message: Message) -> None:
    assert written(messages.encode(message)) == golden_file(message).read_text("utf-8")


@pytest.mark.parametrize("message", EXAMPLES, ids=lambda message: message.kind)
def test_the_shape_of_a_message_has_not_changed_unnoticed(message: Message) -> None:
    assert written(type(message).model_json_schema()) == schema_file(message.kind).read_text("utf-8")


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.v*.json")), ids=lambda file: file.stem)
def test_every_message_ever_sent_can_be_read_and_is_brought_to_the_newest_version(file: Path) -> None:
    message = messages.decode(json.loads(file.read_text("utf-8")))
    assert message.version == type(message).model_fields["version"].default


@pytest.mark.parametrize("message", EXAMPLES, ids=lambda message: message.kind)
def test_what_is_sent_is_what_is_read(message: Message) -> None:
    over_the_wire = json.loads(json.dumps(messages.encode(message)))
    assert messages.decode(over_the_wire) == message


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"kind": "Nonsense", "version": 1},
        {"kind": ["FetchPages"]},
        {"kind": "FetchPages", "version": 99, "host": "a:80", "pages": []},
        {"kind": "FetchPages", "version": 1, "host": "a:80", "pages": []},
        {"kind": "FetchPages", "version": 1, "host": "a:80", "pages": [{"page_id": "x"}]},
    ],
)
def test_what_is_not_a_message_is_refused_with_a_sentence(document: dict[str, Any]) -> None:
    with pytest.raises(BadMessage, match=r"."):
        messages.decode(document)


def test_a_fact_that_comes_to_the_wrong_stage_is_refused() -> None:
    with pytest.raises(BadMessage, match="Expected FetchPages, got PagesFetched"):
        messages.decode_as(FetchPages, messages.encode(EXAMPLES[1]))


def write_files() -> None:
    """Write the golden files and schemas of the messages as they are now."""
    FOLDER.mkdir(exist_ok=True)
    for message in EXAMPLES:
        golden_file(message).write_text(written(messages.encode(message)), "utf-8")
        schema_file(message.kind).write_text(written(type(message).model_json_schema()), "utf-8")


if __name__ == "__main__":
    write_files()
