"""Quality and speed of extraction, ours beside the peers': see README.md in this folder."""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import corpus
from scores import mean, score
from tables import OURS, Result, intervals, leaders, scores

HERE = Path(__file__).parent
BATCH = 25
FEWEST_PAGES = 5
FIELDS = {"title": "title", "date": "published_at", "authors": "authors"}


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
    parser.add_argument("--peers", default="", help="names, comma-separated; see extractors.py")
    parser.add_argument("--peers-python", default=sys.executable, help="the interpreter that has the peers")
    parser.add_argument("--by", default="source_dataset", help="also by this key of the truth")
    parser.add_argument(
        "--errors", type=int, default=0, metavar="PAGES", help="where the loss lies, and so many of the worst pages"
    )
    parser.add_argument("--steps", action="store_true", help="where our time goes")
    parser.add_argument("--memory", type=int, default=0, metavar="PAGES", help="memory over so many pages")
    parser.add_argument("--profile", action="store_true", help="what site profiles gain")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = options.corpus or corpus.made_corpus(Path(made))
        if options.steps or options.memory or options.profile:
            _inside(folder, options)
        else:
            _beside_peers(folder, options)


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


def _beside_peers(folder: Path, options: argparse.Namespace) -> None:
    peers, rows = [name for name in options.peers.split(",") if name], corpus.rows_of(folder)
    with ExitStack() as stack:
        runners = [_started(stack, OURS, sys.executable, folder)]
        runners += [_started(stack, name, options.peers_python, folder) for name in peers]
        running = runners
        for batch in _batches(len(rows)):
            running = [runner for runner in running if runner.take(batch)]
    for gone in (runner.name for runner in runners if runner not in running):
        print(f"{gone} does not run here (is it installed for {options.peers_python}?)", file=sys.stderr)
    results = [_result(runner, rows, range(len(rows))) for runner in running]
    print(f"{len(rows)} pages\n\n{scores(results)}")
    if len(results) > 1:
        print(f"\n{leaders(results)}\n\n{intervals(results)}")
    for value in sorted({str(row.get(options.by)) for row in rows if row.get(options.by)}):
        chosen = [index for index, row in enumerate(rows) if str(row.get(options.by)) == value]
        if len(chosen) >= FEWEST_PAGES:
            print(f"\n{options.by} {value}: {len(chosen)} pages\n")
            print(scores([_result(runner, rows, chosen) for runner in running]))
    for runner in running if options.errors else ():
        _show_errors(runner, folder, rows, options.errors)


def _result(runner: Runner, rows: list[dict[str, Any]], chosen: Sequence[int]) -> Result:
    found = [runner.found[index] for index in chosen]
    return Result(
        name=runner.name,
        ids=[rows[index]["id"] for index in chosen],
        pages=[score(rows[index], one) for index, one in zip(chosen, found, strict=True)],
        milliseconds=1_000 * mean([one["cpu"] for one in found]),
        megabytes=max((one["memory"] for one in found), default=0),
        crashes=sum("error" in one for one in found),
        gives=frozenset(name for name, key in FIELDS.items() if any(one.get(key) for one in runner.found.values())),
    )


def _show_errors(runner: Runner, folder: Path, rows: list[dict[str, Any]], number: int) -> None:
    """Print where the loss of one extractor lies, and its ``number`` worst pages."""
    import errors

    scored = [(index, row) for index, row in enumerate(rows) if row.get("text")]
    losses = [
        loss
        for index, row in scored
        for loss in errors.losses_of(row, corpus.page_of(folder, row), runner.found[index].get("text") or "")
    ]
    pages = Counter(row.get("lang") or "?" for _, row in scored)
    print(f"\n{runner.name}: where the loss lies, in points of page F1\n\n{errors.table(losses, pages)}\n")
    print("\n".join(errors.worst(losses, number)))


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


if __name__ == "__main__":
    main()
