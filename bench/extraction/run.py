"""Quality and speed of extraction, ours beside the peers': see README.md in this folder."""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import corpus
from scores import PageScore, corpus_f1, mean, paired_interval, score

HERE = Path(__file__).parent
BATCH = 25
OURS = "warraq"


@dataclass(slots=True)
class Runner:
    """One extractor in its own process, and what it gave."""

    name: str
    process: subprocess.Popen[str]
    found: dict[int, dict[str, Any]] = field(default_factory=dict)

    def take(self, batch: list[int]) -> bool:
        """Have it do a batch; False if its process is gone."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            self.process.stdin.write(json.dumps(batch) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            return False
        for line in self.process.stdout:
            if line == "done\n":
                return True
            answer = json.loads(line)
            self.found[answer["index"]] = answer
        return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="?", type=Path, help="folder with truth.jsonl and pages/ (default: our tests')")
    parser.add_argument("--peers", default="", help="names, comma-separated; the first is compared with in detail")
    parser.add_argument("--peers-python", default=sys.executable, help="the interpreter that has the peers")
    parser.add_argument("--by", default="source_dataset", help="also by this key of the truth")
    parser.add_argument("--steps", action="store_true", help="where our time goes")
    parser.add_argument("--memory", type=int, default=0, metavar="PAGES", help="memory over so many pages")
    parser.add_argument("--profile", action="store_true", help="what site profiles gain")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = options.corpus or corpus.made_corpus(Path(made))
        if options.steps or options.memory or options.profile:
            _inside(folder, options)
        else:
            peers = [name for name in options.peers.split(",") if name]
            _beside_peers(folder, peers, options.peers_python, options.by)


def _inside(folder: Path, options: argparse.Namespace) -> None:
    import inside

    if options.steps:
        for step, milliseconds in inside.steps(folder).items():
            print(f"{step:24} {milliseconds:6.2f} ms a page")
    if options.memory:
        for pages, megabytes in inside.memory(folder, options.memory):
            print(f"{pages:7,} pages: peak {megabytes} MB", flush=True)
    if options.profile:
        print(inside.profile_gain(folder))


def _beside_peers(folder: Path, peers: list[str], python: str, by: str) -> None:
    rows = corpus.rows_of(folder)
    with ExitStack() as stack:
        runners = [_started(stack, OURS, sys.executable, folder)]
        runners += [_started(stack, name, python, folder) for name in peers]
        for batch in _batches(len(rows)):
            runners = [runner for runner in runners if runner.take(batch)]
    print(f"{len(rows)} pages\n\n{_table(rows, runners, range(len(rows)))}")
    for value in sorted({str(row.get(by)) for row in rows if row.get(by)}):
        chosen = [index for index, row in enumerate(rows) if str(row.get(by)) == value and row.get("text")]
        if len(chosen) >= 5:
            print(f"\n{by} {value}: {len(chosen)} pages\n\n{_table(rows, runners, chosen)}")


def _started(stack: ExitStack, name: str, python: str, folder: Path) -> Runner:
    command = [python, str(HERE / "worker.py"), name, str(folder)]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8"
    )
    stack.callback(process.terminate)
    return Runner(name, process)


def _batches(pages: int) -> Iterator[list[int]]:
    for start in range(0, pages, BATCH):
        yield list(range(start, min(start + BATCH, pages)))


COLUMNS = (
    "extractor", "F1", "precision", "recall", "page F1", "ours minus it (95 %)", "title", "date", "authors",
    "ms CPU a page", "times ours", "peak MB", "crashes",
)  # fmt: skip


def _table(rows: list[dict[str, Any]], runners: list[Runner], chosen: Sequence[int]) -> str:
    """Return a table of the chosen pages, a line an extractor."""
    ours = next((runner for runner in runners if runner.name == OURS), None)
    lines = [COLUMNS, ("---",) * len(COLUMNS)]
    lines += [tuple(_cells(rows, runner, ours, chosen)) for runner in runners]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cells(rows: list[dict[str, Any]], runner: Runner, ours: Runner | None, chosen: Sequence[int]) -> Iterator[str]:
    pages = _scores(rows, runner, chosen)
    yield runner.name
    yield f"{corpus_f1(pages):.3f}"
    yield from (_shown([getattr(page, name) for page in pages]) for name in ("precision", "recall", "f1"))
    compared = ours is not None and ours is not runner and pages
    yield (
        "{:+.4f} ({:+.4f} to {:+.4f})".format(*paired_interval(_scores(rows, ours, chosen), pages)) if compared else ""
    )
    yield from (_shown([getattr(page, name) for page in pages]) for name in ("title", "date", "authors"))
    yield f"{_milliseconds(runner, chosen):.2f}"
    yield f"{_milliseconds(runner, chosen) / _milliseconds(ours, chosen):.1f}" if ours else ""
    yield str(max((runner.found[index]["memory"] for index in chosen), default=0))
    yield str(sum("error" in runner.found[index] for index in chosen))


def _shown(values: Sequence[float | None]) -> str:
    return f"{mean(values):.3f}" if any(value is not None for value in values) else "–"


def _milliseconds(runner: Runner, chosen: Sequence[int]) -> float:
    return mean([runner.found[index]["cpu"] for index in chosen]) * 1_000


def _scores(rows: list[dict[str, Any]], runner: Runner, chosen: Sequence[int]) -> list[PageScore]:
    found = (score(rows[index], runner.found[index]) for index in chosen)
    return [page for page in found if page is not None]


if __name__ == "__main__":
    main()
