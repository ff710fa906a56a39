"""Names, connections, TLS and proxies: what is dialled, and who is believed."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from misbehaving import tls
from misbehaving.proxy import HttpProxy, SocksProxy
from misbehaving.server import ARTICLE, Canary, MisbehavingSite

from warraq_fetcher.fetch import Request, Trail, fetch
from warraq_fetcher.guard import Guard
from warraq_fetcher.large_bodies import LargeBodies
from warraq_fetcher.local_hosts import LocalHosts
from warraq_fetcher.names import Lookup, Names
from warraq_fetcher.pace import Manners, Pace
from warraq_fetcher.politeness import Courtesy, Politeness
from warraq_fetcher.response import Response
from warraq_fetcher.session import Session
from warraq_fetcher.workshop import new_session
from warraq_shared.errors import PageProblem, Permanent
from warraq_shared.parsed import utc_now
from warraq_shared.reasons import Reason
from warraq_shared.settings import Settings


def session_of(settings: Settings, lookup: Lookup | None = None) -> Session:
    names = Names(lookup) if lookup else Names()
    return new_session(settings, Guard(settings.allow_networks, names), LargeBodies())


def get(url: str, session: Session) -> Response:
    pace = Pace(LocalHosts(Manners(factor=0, concurrency=1, slot_seconds=10)))
    turns = Politeness(session, pace, None, Courtesy(0, 60, 2), utc_now)
    return fetch(Request(url), session, turns, utc_now, Trail())


def reason_of(url: str, session: Session) -> Reason:
    with pytest.raises(PageProblem) as problem:
        get(url, session)
    return problem.value.reason


# names


def test_a_name_that_changes_its_address_after_the_check_is_not_asked_again(
    site: MisbehavingSite, canary: Canary, settings: Settings
) -> None:
    """DNS rebinding: the first answer is harmless, the second is the internal service's."""
    asked: list[str] = []

    def rebinding(host: str) -> tuple[str, ...]:
        asked.append(host)
        return ("127.0.0.1",) if len(asked) == 1 else ("127.0.0.2",)

    response = get(f"http://rebinding.example:{site.port}/page", session_of(settings, rebinding))
    assert response.status == 200
    assert asked == ["rebinding.example"]
    assert canary.connections == 0


def test_a_name_that_leads_to_a_private_address_is_refused(canary: Canary, settings: Settings) -> None:
    session = session_of(settings, lambda host: ("127.0.0.1",))
    assert reason_of(f"http://innocent.example:{canary.port}/", session) is Reason.ADDRESS_REFUSED


def test_a_name_with_one_private_address_among_public_ones_is_refused(settings: Settings) -> None:
    session = session_of(settings, lambda host: ("93.184.216.34", "10.0.0.1"))
    assert reason_of("http://mixed.example/", session) is Reason.ADDRESS_REFUSED


def test_a_name_server_that_hangs_holds_nobody_longer_than_a_connection_may_take(settings: Settings) -> None:
    release = threading.Event()

    def hanging(host: str) -> tuple[str, ...]:
        release.wait(30)
        return ("127.0.0.1",)

    began = time.monotonic()
    assert reason_of("http://stuck.example/", session_of(settings, hanging)) is Reason.DNS
    release.set()
    assert time.monotonic() - began < settings.connect_timeout + 2


def test_many_hanging_look_ups_do_not_stop_the_names_that_are_known(site: MisbehavingSite, settings: Settings) -> None:
    release = threading.Event()

    def hanging(host: str) -> tuple[str, ...]:
        if host.startswith("stuck"):
            release.wait(30)
        return ("127.0.0.1",)

    guard = Guard(settings.allow_networks, Names(hanging))
    sessions = [new_session(settings, guard, LargeBodies()) for _ in range(5)]
    threads = [
        threading.Thread(target=reason_of, args=(f"http://stuck{i}.example/", session))
        for i, session in enumerate(sessions)
    ]
    for thread in threads:
        thread.start()
    began = time.monotonic()
    assert get(f"http://well.example:{site.port}/page", new_session(settings, guard, LargeBodies())).status == 200
    assert time.monotonic() - began < settings.connect_timeout
    release.set()
    for thread in threads:
        thread.join()


def test_the_second_address_is_tried_when_the_first_does_not_answer(site: MisbehavingSite, settings: Settings) -> None:
    both = settings.model_copy(update={"allow_networks": ("127.0.0.0/8",)})
    session = session_of(both, lambda host: ("127.0.0.3", "127.0.0.1"))
    assert get(f"http://two.example:{site.port}/page", session).status == 200


# connections


def test_nobody_listens(settings: Settings, unused_port: int) -> None:
    open_ = settings.model_copy(update={"allow_networks": ("127.0.0.1",)})
    assert reason_of(f"http://x.localhost:{unused_port}/", session_of(open_)) is Reason.CONNECT


def test_a_connection_is_kept_between_pages(site: MisbehavingSite, settings: Settings) -> None:
    session = session_of(settings)
    before = site.connections
    for i in range(5):
        get(site.url(f"/pages/{i}", "kept"), session)
    assert site.connections == before + 1


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_connection_is_kept_after_a_compressed_page_in_chunks(
    coding: str, site: MisbehavingSite, settings: Settings
) -> None:
    session = session_of(settings)
    before = site.connections
    for _ in range(3):
        assert get(site.url(f"/in-chunks/{coding}", "chunks"), session).body == ARTICLE
    assert site.connections == before + 1


def test_small_error_pages_and_redirects_do_not_cost_the_connection(site: MisbehavingSite, settings: Settings) -> None:
    session = session_of(settings)
    before = site.connections
    assert reason_of(site.url("/not-found", "kept2"), session) is Reason.NOT_FOUND
    get(site.url("/redirect-to-a-page", "kept2"), session)
    assert site.connections == before + 1


def test_a_kept_connection_that_the_server_has_closed_costs_no_page(site: MisbehavingSite, settings: Settings) -> None:
    session = session_of(settings)
    for _ in range(3):
        assert get(site.url("/closed-after-keep-alive", "closing"), session).status == 200


def test_bytes_behind_a_page_never_become_the_next_page(site: MisbehavingSite, settings: Settings) -> None:
    session = session_of(settings)
    get(site.url("/more-than-announced", "split"), session)
    assert b"forged" not in get(site.url("/page", "split"), session).body


def test_the_environment_names_no_proxy(
    site: MisbehavingSite, canary: Canary, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "https_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{canary.port}")
    assert get(site.url("/page"), session_of(settings)).status == 200
    assert canary.connections == 0


# TLS


@pytest.fixture(scope="module")
def issuer() -> trustme.CA:
    return tls.authority()


@pytest.fixture
def trusting(issuer: trustme.CA, settings: Settings, tmp_path: Path) -> Settings:
    """Settings that trust the test's authority, and let all loopback ports through."""
    bundle = tmp_path / "ca.pem"
    issuer.cert_pem.write_to_path(str(bundle))
    return settings.model_copy(update={"ca_bundle": bundle, "allow_networks": ("127.0.0.1",)})


@pytest.fixture
def secure(site: MisbehavingSite, issuer: trustme.CA) -> Iterator[MisbehavingSite]:
    with tls.tls_site(site, tls.with_certificate(issuer, "good.localhost")) as server:
        yield server


def test_a_certificate_for_the_name_is_accepted_though_an_address_is_dialled(
    secure: MisbehavingSite, trusting: Settings
) -> None:
    assert get(secure.url("/page", "good"), session_of(trusting)).status == 200


def test_the_limits_hold_under_tls_too(secure: MisbehavingSite, trusting: Settings) -> None:
    session = session_of(trusting)
    assert reason_of(secure.url("/dripped-body", "good"), session) is Reason.TIMEOUT
    assert reason_of(secure.url("/endless-chunks", "good"), session) is Reason.TOO_LARGE
    assert reason_of(secure.url("/endless-headers", "good"), session) is Reason.HEADERS_TOO_LARGE
    assert reason_of(secure.url("/cut-short", "good"), session) is Reason.INCOMPLETE_BODY


def test_a_certificate_for_another_name_is_not_accepted(secure: MisbehavingSite, trusting: Settings) -> None:
    assert reason_of(secure.url("/page", "other"), session_of(trusting)) is Reason.TLS
    assert not secure.log


def test_a_certificate_of_an_unknown_authority_is_not_accepted(secure: MisbehavingSite, trusting: Settings) -> None:
    strict = trusting.model_copy(update={"ca_bundle": None})
    assert reason_of(secure.url("/page", "good"), session_of(strict)) is Reason.TLS


def test_an_expired_certificate_is_not_accepted(site: MisbehavingSite, issuer: trustme.CA, trusting: Settings) -> None:
    with tls.tls_site(site, tls.with_certificate(issuer, "good.localhost", expired=True)) as server:
        assert reason_of(server.url("/page", "good"), session_of(trusting)) is Reason.TLS


def test_a_handshake_that_hangs_ends_in_time(site: MisbehavingSite, trusting: Settings) -> None:
    with tls.tls_site(site, tls.hanging_handshake(threading.Event())) as server:
        began = time.monotonic()
        assert reason_of(server.url("/page", "good"), session_of(trusting)) in (Reason.TLS, Reason.TIMEOUT)
        assert time.monotonic() - began < trusting.connect_timeout + 2


def test_a_server_without_tls_at_an_https_address(trusting: Settings) -> None:
    with Canary() as plain:
        assert reason_of(f"https://plain.localhost:{plain.port}/page", session_of(trusting)) is Reason.TLS


# proxies


def through(proxy: str, settings: Settings) -> Session:
    session = session_of(settings)
    session.new_visit(proxy)
    return session


def test_a_page_comes_through_an_http_proxy(site: MisbehavingSite, settings: Settings) -> None:
    with HttpProxy() as proxy:
        assert get(site.url("/page"), through(f"http://127.0.0.1:{proxy.port}", settings)).status == 200
        assert proxy.connections == 1


def test_tls_goes_through_an_http_proxy_to_the_end(secure: MisbehavingSite, trusting: Settings) -> None:
    with HttpProxy() as proxy:
        session = through(f"http://user:word@127.0.0.1:{proxy.port}", trusting)
        assert get(secure.url("/page", "good"), session).status == 200
        assert proxy.tunnels == [f"good.localhost:{secure.port}"]


@pytest.mark.parametrize("kind", ["socks5", "socks5h"])
def test_a_page_comes_through_a_socks_proxy(kind: str, site: MisbehavingSite, settings: Settings) -> None:
    with SocksProxy() as proxy:
        assert get(site.url("/page"), through(f"{kind}://127.0.0.1:{proxy.port}", settings)).status == 200
        assert proxy.targets == [("site.localhost" if kind == "socks5h" else "127.0.0.1", site.port)]


@pytest.mark.parametrize("kind", ["http", "socks5", "socks5h"])
def test_no_proxy_is_asked_for_a_private_place(kind: str, canary: Canary, settings: Settings) -> None:
    proxy_kind = HttpProxy if kind == "http" else SocksProxy
    with proxy_kind() as proxy:
        session = through(f"{kind}://127.0.0.1:{proxy.port}", settings)
        assert reason_of(f"http://127.0.0.1:{canary.port}/", session) is Reason.ADDRESS_REFUSED
        assert proxy.connections == 0


@pytest.mark.parametrize("kind", ["http", "socks5"])
def test_a_proxy_that_is_not_there(kind: str, site: MisbehavingSite, settings: Settings, unused_port: int) -> None:
    session = through(f"{kind}://127.0.0.1:{unused_port}", settings)
    assert reason_of(site.url("/page"), session) is Reason.PROXY


def test_a_proxy_of_no_known_kind(site: MisbehavingSite, settings: Settings) -> None:
    with pytest.raises(Permanent) as problem:
        get(site.url("/page"), through("gopher://127.0.0.1:70", settings))
    assert problem.value.reason is Reason.PROXY
