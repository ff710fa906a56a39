"""Pages per second and core of the fetch stage, against a bare loop of requests with the same threads.

    python -m bench.fetch.run [--threads 16] [--pages 3000] [--delay 0.05] [--rounds 3]

Each way runs in a process of its own against the same server; only its own CPU is counted. ``bare`` keeps nothing and
asks nobody; ``fetch`` is ours without Redis: guard, meter, limits, robots, pace. ``kept`` is the bare loop that packs
each page (zstd) and puts it into Redis; ``stage`` is our whole visit: that, and host slots in Redis, books, messages
published.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

WAYS = ("bare", "fetch", "kept", "stage")
# Each of ours beside the loop that does as much.
BESIDE = {"bare": "bare", "fetch": "bare", "kept": "kept", "stage": "kept"}


def main() -> None:
    options = _options()
    site = subprocess.Popen(
        [sys.executable, "-m", "bench.fetch.server", str(options.delay)], stdout=subprocess.PIPE, text=True
    )
    assert site.stdout is not None
    port = site.stdout.readline().strip()
    try:
        with tempfile.TemporaryDirectory() as folder:
            _compare(options, port, Path(folder))
    finally:
        site.terminate()
        site.wait()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=16)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--delay", type=float, default=0.05)
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


def _compare(options: argparse.Namespace, port: str, folder: Path) -> None:
    from warraq_shared.running.embedded_redis import EmbeddedRedis

    with EmbeddedRedis(folder, max_memory=512_000_000) as redis:
        results: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
        for _ in range(options.rounds):
            for way in WAYS:
                results[way].append(_measure(way, options, port, redis.url))
    what = f"pages of 100 KB in gzip after {options.delay * 1000:.0f} ms"
    print(f"{options.threads} threads, {what}; median of {options.rounds}")
    print(f"{'':8}{'pages/s':>10}{'CPU ms/page':>14}{'pages/s a core':>16}{'of loop':>9}")
    for way, beside in BESIDE.items():
        bare = statistics.median(one["cpu_ms"] for one in results[beside])
        cpu = statistics.median(one["cpu_ms"] for one in results[way])
        rate = statistics.median(one["rate"] for one in results[way])
        print(f"{way:8}{rate:10.0f}{cpu:14.2f}{1000 / cpu:16.0f}{bare / cpu:9.2f}")


def _measure(way: str, options: argparse.Namespace, port: str, redis_url: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.fetch.ways", way, port, str(options.threads), str(options.pages), redis_url]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


if __name__ == "__main__":
    main()
