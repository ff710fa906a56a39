"""Precision and recall of stories, and what one article costs.

``python -m bench.store.stories [--bases 150] [--folder F] [--database ADDRESS]``: base texts are made, or the ``.txt``
files (or the ``text`` of ``.json`` and ``.jsonl`` files) below a folder. Counted are pairs: two texts put in one story
that are of one (right) or are not (wrong), and two that are of one and were not put there (missed).
"""

import argparse
import gzip
import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

from bench.store.made_articles import NEWEST
from bench.store.retold import Piece, made_bases, retold
from sqlmodel import Session, select

from warraq_shared.folding import fold
from warraq_store.article_tables import StoryMember
from warraq_store.articles import stories
from warraq_store.articles.stories import Telling
from warraq_store.database import connect, reading, writing
from warraq_store.migrate import migrate
from warraq_store.search.words import sentences
from warraq_store.tables import Article

BATCH = 10


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--bases", type=int, default=150)
    arguments.add_argument("--folder", type=Path)
    arguments.add_argument("--database")
    given = arguments.parse_args()
    bases = list(texts_below(given.folder))[: given.bases] if given.folder else made_bases(given.bases)
    with tempfile.TemporaryDirectory() as folder:
        found, seconds, pieces = told(given.database or f"sqlite:///{folder}/stories.db", bases)
    for line in verdict(found, pieces):
        print(line)
    print(f"{seconds / len(pieces) * 1000:.2f} ms an article ({len(pieces)} articles from {len(bases)} base texts)")


def told(address: str, bases: Sequence[str]) -> tuple[dict[int, int], float, list[Piece]]:
    """Let all copies of ``bases`` come; return the story of each, the seconds that took, and the copies."""
    pieces = retold(bases)
    engine = connect(address)
    migrate(engine)
    seconds = 0.0
    for start in range(0, len(pieces), BATCH):
        some = dict(enumerate(pieces[start : start + BATCH], start + 1))
        with writing(engine) as session:
            _add(session, some)
            began = time.perf_counter()
            stories.assign(session, [Telling(number, sentences(piece.text), NEWEST) for number, piece in some.items()])
            seconds += time.perf_counter() - began
    with reading(engine) as session:
        found = {row.article_id: row.story_id for row in session.exec(select(StoryMember))}
    engine.dispose()
    return found, seconds, pieces


def _add(session: Session, pieces: dict[int, Piece]) -> None:
    for number, piece in pieces.items():
        moments = dict.fromkeys(("first_seen_at", "changed_at", "fetched_at", "published_at"), NEWEST)
        lists: dict[str, list[str]] = {name: [] for name in ("blocks", "authors", "tags", "images")}
        row = Article(
            id=number,
            url=f"https://example.com/{number}",
            text=piece.text,
            fingerprint="",
            parser_version="",
            evidence={},
            **lists,
            **moments,
        )
        session.add(row)
    session.flush()


def verdict(found: dict[int, int], pieces: Sequence[Piece]) -> Iterator[str]:
    """Yield precision and recall over pairs, and of what kind the missed and the wrong ones are."""
    right, wrong, missed = 0, Counter[str](), Counter[str]()
    all_of = Counter[str]()
    for (a, one), (b, other) in combinations(enumerate(pieces, 1), 2):
        together = a in found and found.get(a) == found.get(b)
        kind = " + ".join(sorted({one.kind, other.kind}))
        if one.story == other.story:
            all_of[kind] += 1
            right += together
            missed[kind] += not together
        elif together:
            wrong[kind] += 1
    yield f"precision {right / max(1, right + wrong.total()):.4f}  ({wrong.total()} wrong pairs)"
    yield f"recall    {right / max(1, right + missed.total()):.4f}  ({missed.total()} of {all_of.total()} pairs missed)"
    for name, counted in (("wrong", wrong), ("missed", missed)):
        for kind, number in counted.most_common(8):
            if number:
                yield f"  {name}: {kind}: {number}" + (f" of {all_of[kind]}" if name == "missed" else "")


def texts_below(folder: Path) -> Iterator[str]:
    """Yield texts of at least 100 words from the files below ``folder``, each once."""
    seen: set[str] = set()
    for file in sorted(folder.rglob("*")):
        for text in _texts_of(file):
            folded = fold(text)
            if len(text.split()) >= 100 and folded not in seen:
                seen.add(folded)
                yield text


def _texts_of(file: Path) -> Iterator[str]:
    plain = file.with_suffix("") if file.suffix == ".gz" else file
    if plain.suffix not in (".txt", ".json", ".jsonl"):
        return
    content = (gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()).decode()
    if plain.suffix == ".txt":
        yield content
        return
    for line in content.splitlines() if plain.suffix == ".jsonl" else [content]:
        document = json.loads(line)
        if isinstance(document, dict) and isinstance(document.get("text"), str):
            yield document["text"]


if __name__ == "__main__":
    main()
