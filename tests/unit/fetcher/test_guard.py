"""The address guard: what is public, what the allow-list says, and that every address is checked."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq_fetcher.guard import Guard, allowed, is_public
from warraq_fetcher.names import Names
from warraq_shared.errors import PageProblem, Permanent, UsageProblem
from warraq_shared.reasons import Reason


def guard(*allow: str, answers: tuple[str, ...] = ()) -> Guard:
    return Guard(allow, Names(lambda host: answers))


def addresses(guard: Guard, host: str, port: int = 80) -> tuple[str, ...]:
    return guard.addresses(host, port, 1.0)


def refused(guard: Guard, host: str, port: int = 80) -> bool:
    try:
        addresses(guard, host, port)
    except Permanent as problem:
        return problem.reason is Reason.ADDRESS_REFUSED
    return False


@pytest.mark.parametrize("text", ["1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "2a00:1450:4001::200e"])
def test_addresses_of_the_internet_are_public(text: str) -> None:
    assert is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize(
    "text",
    [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.31.255.255", "192.0.0.8",
        "192.0.2.5", "192.88.99.1", "192.168.0.1", "198.19.0.1", "203.0.113.9", "224.0.0.251", "239.1.1.1",
        "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::1.1.1.1", "::ffff:10.0.0.1",
        "64:ff9b::10.0.0.1", "64:ff9b:1::1.1.1.1", "100::1", "2001::1", "2001:10::1", "2001:20::1",
        "2001:db8::1", "2002:101:101::", "3fff::1", "5f00::1", "fc00::1", "fd12::1", "fe80::1", "fec0::1",
        "ff02::1",
    ],
)  # fmt: skip
def test_addresses_of_other_kinds_are_not(text: str) -> None:
    assert not is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", ["::ffff:1.1.1.1", "64:ff9b::101:101"])
def test_a_public_address_inside_another_is_what_it_is(text: str) -> None:
    assert is_public(ipaddress.ip_address(text))


@given(st.ip_addresses(v=4))
def test_an_address_inside_ipv6_is_as_public_as_itself(inner: ipaddress.IPv4Address) -> None:
    mapped = ipaddress.IPv6Address(f"::ffff:{inner}")
    translated = ipaddress.IPv6Address((0x64FF9B << 96) | int(inner))
    assert is_public(mapped) == is_public(translated) == is_public(inner)


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0", "0x7f.1", "1.2.3.4.5", "08.8.8.8"]
)
def test_numbers_in_odd_spellings_are_refused_without_asking_anyone(host: str) -> None:
    assert refused(guard(answers=("1.1.1.1",)), host)


def test_the_ports_of_the_web_are_open_and_others_are_not() -> None:
    assert addresses(guard(), "1.1.1.1", 443) == ("1.1.1.1",)
    assert refused(guard(), "1.1.1.1", 8080)


def test_one_bad_address_among_good_ones_is_enough() -> None:
    assert refused(guard(answers=("1.1.1.1", "192.168.0.1")), "two.example")


def test_localhost_needs_no_name_server_but_the_operators_leave() -> None:
    assert refused(guard(answers=("1.1.1.1",)), "a.localhost")
    assert addresses(guard("a.localhost", answers=("1.1.1.1",)), "a.localhost") == ("127.0.0.1",)


@pytest.mark.parametrize(
    ("entry", "host", "port", "open_"),
    [
        ("intranet.example", "intranet.example", 80, True),
        ("intranet.example", "intranet.example", 8080, True),
        ("intranet.example", "other.example", 80, False),
        ("INTRANET.example.", "intranet.example", 80, True),
        ("intranet.example:8080", "intranet.example", 8080, True),
        ("intranet.example:8080", "intranet.example", 80, False),
        ("10.0.0.7", "intranet.example", 80, True),
        ("10.0.0.7", "10.0.0.7", 9999, True),
        ("10.0.0.7:80", "10.0.0.7", 81, False),
        ("10.0.0.0/8", "10.0.0.7", 81, True),
        ("10.0.0.0/8:81", "10.0.0.7", 81, True),
        ("10.0.0.0/8:81", "10.0.0.7", 82, False),
        ("11.0.0.0/8", "10.0.0.7", 80, False),
        ("fd00::/8", "fd00::7", 80, True),
        ("[fd00::7]", "fd00::7", 81, True),
        ("[fd00::7]:80", "fd00::7", 80, True),
        ("[fd00::7]:80", "fd00::7", 81, False),
        ("[fd00::/8]:80", "fd00::7", 80, True),
        ("0.0.0.0/0", "fd00::7", 80, False),
    ],
)
def test_the_allow_list_opens_what_it_names(entry: str, host: str, port: int, open_: bool) -> None:
    assert refused(guard(entry, answers=("10.0.0.7",)), host, port) is not open_


@pytest.mark.parametrize(
    "entry", ["", "a b", "10.0.0.0/99", "host:port", "host:0", "host:70000", "[::1", "http://x", "127.1"]
)
def test_an_entry_that_cannot_be_read_is_told(entry: str) -> None:
    with pytest.raises(UsageProblem):
        allowed(entry)


@given(st.text(max_size=60), st.integers(1, 65535))
def test_no_host_gets_past_that_is_not_public(host: str, port: int) -> None:
    try:
        found = addresses(guard(answers=("10.0.0.1",)), host, port)
    except PageProblem:
        return
    assert all(is_public(ipaddress.ip_address(one)) for one in found)
