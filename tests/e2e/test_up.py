"""``warraq up`` and the commands that people use beside it, as processes of their own."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from e2e.commands import run, run_json, wait_for, warraq_up
from warraq_demo.crawl import demo_settings
from warraq_demo.facts import article_facts, world_facts
from warraq_demo.server import NewsWorld
from warraq_shared.reasons import Reason

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]


@pytest.fixture(scope="module")
def world() -> Iterator[NewsWorld]:
    with NewsWorld() as world:
        yield world


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory, world: NewsWorld) -> Iterator[dict[str, str]]:
    """The environment of a running ``warraq up``."""
    environment = demo_settings(tmp_path_factory.mktemp("up"), world).as_environment()
    with warraq_up(environment):
        yield environment


def test_one_url_added_by_hand_comes_back_as_an_article(environment: dict[str, str], world: NewsWorld) -> None:
    url, facts = next(iter(article_facts(world.port).items()))
    document = run_json("add", "--wait", url, environment=environment)
    assert (document["url"], document["title"], document["text"]) == (url, facts.title, facts.text)
    assert document["evidence"]["title"]["origin"]
    status = run_json("status", url, environment=environment)
    assert (status["state"], status["reason"], status["http_status"]) == ("stored", "ok", 200)
    listed = run_json("articles", environment=environment)
    assert [row["url"] for row in listed].count(url) == 1
    assert set(listed[0]) >= {"id", "url", "title", "published_at", "language", "source", "revisions"}
    shown = run_json("show", str(status["article_id"]), environment=environment)
    assert shown["text"] == facts.text


@pytest.mark.parametrize(
    ("reason", "exit_code"),
    [(Reason.GONE, 5), (Reason.NOT_FOUND, 5), (Reason.ROBOTS, 4), (Reason.WRONG_TYPE, 5), (Reason.EMPTY_BODY, 5)],
)
def test_a_page_without_an_article_says_why(
    environment: dict[str, str], world: NewsWorld, reason: Reason, exit_code: int
) -> None:
    url = next(page.url for page in world_facts(world.port) if page.reason is reason)
    done = run("add", "--wait", "--json", url, environment=environment)
    assert done.returncode == exit_code, done.stderr
    assert json.loads(done.stdout)["reason"] == reason
    in_words = run("status", url, environment=environment)
    assert reason.sentence in in_words.stdout


@pytest.mark.parametrize(
    ("argument", "exit_code", "words"),
    [
        ("nonsense", 2, "not an http or https address"),
        ("ftp://example.com/a", 2, "not an http or https address"),
        ("http://", 2, "names no host"),
        ("https://example.com/" + "a" * 5000, 4, "longer than the limit"),
    ],
)
def test_bad_input_gets_a_clear_error(environment: dict[str, str], argument: str, exit_code: int, words: str) -> None:
    done = run("add", "--wait", argument, environment=environment)
    assert (done.returncode, done.stdout) == (exit_code, "")
    assert words in done.stderr


@pytest.mark.parametrize(
    "address", ["http://10.0.0.1/", "http://[::1]:9/", "http://169.254.169.254/latest", "http://127.1/"]
)
def test_a_private_address_is_refused(environment: dict[str, str], address: str) -> None:
    done = run("add", "--wait", "--json", address, environment=environment)
    assert done.returncode == 4, done.stderr
    assert json.loads(done.stdout)["reason"] == Reason.ADDRESS_REFUSED


def test_several_urls_come_from_standard_input(environment: dict[str, str], world: NewsWorld) -> None:
    urls = list(article_facts(world.port))[:3]
    done = run("add", "-", environment=environment, stdin="\n".join(urls))
    assert done.returncode == 0, done.stderr
    done_with = {"stored", "unchanged"}
    wait_for(lambda: all(run_json("status", url, environment=environment)["state"] in done_with for url in urls), 60)


def test_queues_and_doctor_tell_that_all_is_well_and_show_no_secret(environment: dict[str, str]) -> None:
    queues = run_json("queues", environment=environment)
    assert set(queues["queues"]) == {"fetch", "parse", "store"}
    password = json.loads(Path(environment["WARRAQ_DATA_DIR"], "running.json").read_text())["redis_url"]
    done = run("doctor", environment=environment)
    assert done.returncode == 0, done.stdout
    assert password.split(":")[2].split("@")[0] not in done.stdout + done.stderr


def test_a_second_up_on_the_same_directory_says_so(environment: dict[str, str]) -> None:
    done = run("up", environment=environment)
    assert done.returncode == 6
    assert "already runs" in done.stderr


def test_ctrl_c_stops_everything_gently(tmp_path: Path, world: NewsWorld) -> None:
    environment = demo_settings(tmp_path / "data", world).as_environment()
    with warraq_up(environment) as process:
        url = next(iter(article_facts(world.port)))
        assert run("add", "--wait", url, environment=environment).returncode == 0
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
    assert not (tmp_path / "data" / "running.json").exists()


def test_if_nothing_runs_add_says_what_to_start(tmp_path: Path) -> None:
    done = run("add", "https://example.com/", environment={"WARRAQ_DATA_DIR": str(tmp_path)})
    assert done.returncode == 6
    assert "warraq up" in done.stderr


def test_what_is_not_there_is_not_found(environment: dict[str, str]) -> None:
    assert run("status", "https://example.com/unknown", environment=environment).returncode == 3
    assert run("show", "999999", environment=environment).returncode == 3
