"""One extractor in one process: batches of page numbers come in on stdin, one JSON line a page goes out.

Run by the interpreter that has the extractor; needs nothing but the standard library and that extractor.
"""

import gzip
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from extractors import EXTRACTORS, Extract


def main() -> None:
    name, folder = sys.argv[1], Path(sys.argv[2])
    answers, sys.stdout = sys.stdout, sys.stderr  # whatever a peer prints must not get between the answers
    rows = [json.loads(line) for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()]
    extract = EXTRACTORS[name]()
    if rows:
        _answer(extract, folder, rows[0])  # what is loaded at the first call is no page's time
    for line in sys.stdin:
        for index in json.loads(line):
            answer = {"index": index, **_answer(extract, folder, rows[index])}
            print(json.dumps(answer, default=str), file=answers)
        print("done", file=answers, flush=True)


def _answer(extract: Extract, folder: Path, row: dict[str, Any]) -> dict[str, Any]:
    """Extract one page; return what was found, the processor time in seconds and the peak memory so far in MB."""
    page = gzip.decompress((folder / "pages" / f"{row['id']}.html.gz").read_bytes())
    began = time.process_time()
    try:
        found = extract(page, row.get("url") or "http://localhost/")
    except Exception as error:  # noqa: BLE001 - a peer may raise anything; it is counted as a crash
        found = {"error": f"{type(error).__name__}: {error}"[:200]}
    cpu = time.process_time() - began
    return {**found, "cpu": cpu, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}


if __name__ == "__main__":
    main()
