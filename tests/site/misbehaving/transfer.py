"""Hazards of transfer: size, time, framing, and answers that are not HTTP."""

import gzip
import random

from misbehaving.hazard import Table
from misbehaving.server import ARTICLE
from misbehaving.talk import CRLF, Talk
from warraq_shared.reasons import Reason

transfer = Table()
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


# size


@transfer(Reason.TOO_LARGE)
def five_gigabytes_announced(talk: Talk) -> None:
    talk.send(HEAD + b"Content-Length: 5368709120\r\n\r\n" + ARTICLE)
    talk.wait()


@transfer(Reason.TOO_LARGE)
def endless_chunks(talk: Talk) -> None:
    talk.start_chunked()
    talk.flood(b"400\r\n" + b"<p>" + b"x" * 1021 + CRLF)


@transfer(Reason.TOO_LARGE)
def endless_until_closed(talk: Talk) -> None:
    talk.send(HEAD + CRLF + ARTICLE)
    talk.flood(b"<p>more</p>")


@transfer(Reason.TOO_LARGE)
def endless_chunk_extensions(talk: Talk) -> None:
    talk.start_chunked()
    talk.flood(b"1;" + b"x" * 1000 + b"\r\n<\r\n")


@transfer(Reason.TOO_LARGE)
def endless_trailers(talk: Talk) -> None:
    talk.start_chunked()
    talk.chunk(ARTICLE)
    talk.send(b"0\r\n")
    talk.flood(b"X-Trailer: " + b"y" * 1000 + CRLF)


@transfer(Reason.OK)
def just_below_the_limit(talk: Talk) -> None:
    talk.page(ARTICLE + b" " * 900_000)


# time


@transfer(Reason.TIMEOUT)
def silence(talk: Talk) -> None:
    talk.wait()


@transfer(Reason.TIMEOUT)
def dripped_body(talk: Talk) -> None:
    talk.send(HEAD + b"Content-Length: 100000\r\n\r\n")
    talk.drip(ARTICLE)


@transfer(Reason.TIMEOUT)
def dripped_headers(talk: Talk) -> None:
    talk.drip(HEAD + b"X-Slow: yes\r\n")


@transfer(Reason.TIMEOUT)
def dripped_chunks(talk: Talk) -> None:
    talk.start_chunked()
    talk.drip(b"1\r\n<\r\n")


@transfer(Reason.TIMEOUT)
def stall_in_the_body(talk: Talk) -> None:
    talk.send(HEAD + b"Content-Length: 100000\r\n\r\n" + ARTICLE)
    talk.wait()


@transfer(Reason.TIMEOUT)
def dripped_continues(talk: Talk) -> None:
    while True:
        talk.send(b"HTTP/1.1 100 Continue\r\n\r\n")
        talk.wait(0.05)


@transfer(Reason.HEADERS_TOO_LARGE)
def endless_continues(talk: Talk) -> None:
    talk.flood(b"HTTP/1.1 100 Continue\r\n\r\n")


@transfer(Reason.HEADERS_TOO_LARGE)
def endless_early_hints(talk: Talk) -> None:
    talk.flood(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n")


@transfer(Reason.OK)
def early_hints_before_the_page(talk: Talk) -> None:
    talk.send(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n")
    talk.page(ARTICLE)


@transfer(Reason.TIMEOUT)
def dripped_trailers(talk: Talk) -> None:
    talk.start_chunked()
    talk.chunk(ARTICLE)
    talk.send(b"0\r\n")
    talk.drip(b"X-Trailer: y\r\n")


# headers


@transfer(Reason.OK)
def several_hundred_headers(talk: Talk) -> None:
    talk.page(ARTICLE, *(f"X-Edge-{i}: {i}" for i in range(400)))


@transfer(Reason.HEADERS_TOO_LARGE)
def five_thousand_headers(talk: Talk) -> None:
    talk.page(ARTICLE, *(f"X-Edge-{i}: {i}" for i in range(5000)))


@transfer(Reason.HEADERS_TOO_LARGE)
def endless_headers(talk: Talk) -> None:
    talk.send(HEAD)
    talk.flood(b"X-More: " + b"y" * 5000 + CRLF)


@transfer(Reason.HEADERS_TOO_LARGE)
def one_endless_header(talk: Talk) -> None:
    talk.send(HEAD + b"X-Long: ")
    talk.flood(b"y")


@transfer(Reason.HEADERS_TOO_LARGE)
def endless_status_line(talk: Talk) -> None:
    talk.send(b"HTTP/1.1 200 ")
    talk.flood(b"OK")


@transfer(Reason.OK)
def header_without_a_colon(talk: Talk) -> None:
    talk.send(HEAD + b"this is no header\r\n\r\n" + ARTICLE)


@transfer(Reason.OK)
def headers_in_raw_utf8(talk: Talk) -> None:
    talk.page(ARTICLE, "X-Author: محمد", "X-Robots-Tag: a\x07b\0c", 'ETag: "\x01\0"')


@transfer(Reason.OK)
def folded_header(talk: Talk) -> None:
    talk.page(ARTICLE, "X-Folded: one\r\n\ttwo")


# framing


@transfer(Reason.INCOMPLETE_BODY)
def cut_short(talk: Talk) -> None:
    talk.page(ARTICLE, length=len(ARTICLE) + 1000)


@transfer(Reason.INCOMPLETE_BODY)
def cut_chunks(talk: Talk) -> None:
    talk.start_chunked()
    talk.send(b"ffff\r\n" + ARTICLE)


@transfer(Reason.INCOMPLETE_BODY)
def chunks_without_an_end(talk: Talk) -> None:
    talk.start_chunked()
    talk.chunk(ARTICLE)


@transfer(Reason.INCOMPLETE_BODY)
def chunk_size_that_is_no_number(talk: Talk) -> None:
    talk.start_chunked()
    talk.chunk(ARTICLE)
    talk.send(b"zz\r\nmore\r\n0\r\n\r\n")


@transfer(Reason.INCOMPLETE_BODY)
def reset_in_the_body(talk: Talk) -> None:
    talk.send(HEAD + b"Content-Length: 100000\r\n\r\n" + ARTICLE)
    talk.reset()


@transfer(Reason.OK)
def content_length_with_a_nul(talk: Talk) -> None:
    talk.page(ARTICLE, length="12\x00")


@transfer(Reason.OK)
def content_length_in_words(talk: Talk) -> None:
    talk.page(ARTICLE, length="many")


@transfer(Reason.OK)
def negative_content_length(talk: Talk) -> None:
    talk.page(ARTICLE, length="-5")


@transfer(Reason.BAD_RESPONSE)
def two_content_lengths(talk: Talk) -> None:
    talk.page(ARTICLE, "Content-Length: 7", length=len(ARTICLE))


@transfer(Reason.OK)
def chunked_and_a_content_length(talk: Talk) -> None:
    talk.start_chunked("Content-Length: 5")
    talk.chunk(ARTICLE)
    talk.send(b"0\r\n\r\n")


@transfer(Reason.BAD_RESPONSE)
def chunked_over_gzip(talk: Talk) -> None:
    talk.send(HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n")
    talk.chunk(gzip.compress(ARTICLE))
    talk.send(b"0\r\n\r\n")


@transfer(Reason.OK)
def more_than_announced(talk: Talk) -> None:
    page = ARTICLE + b" " * 100_000
    forged = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged"
    talk.send(HEAD + b"Content-Length: %d\r\n\r\n" % len(page) + page + forged)
    talk.keep = True


@transfer(Reason.OK)
def closed_after_keep_alive(talk: Talk) -> None:
    talk.page(ARTICLE, "Connection: keep-alive")
    talk.keep = False


# not HTTP


@transfer(Reason.BAD_RESPONSE)
def closed_at_once(talk: Talk) -> None:
    talk.keep = False


@transfer(Reason.BAD_RESPONSE)
def reset_at_once(talk: Talk) -> None:
    talk.reset()


@transfer(Reason.BAD_RESPONSE)
def a_greeting_of_ssh(talk: Talk) -> None:
    talk.send(b"SSH-2.0-OpenSSH_9.2\r\n")


@transfer(Reason.BAD_RESPONSE)
def random_bytes(talk: Talk) -> None:
    talk.send(random.Random(5).randbytes(4000) + b"\n")


@transfer(Reason.BAD_RESPONSE)
def a_page_without_headers(talk: Talk) -> None:
    talk.send(ARTICLE + b"\n")


@transfer(Reason.BAD_RESPONSE)
def http_nine(talk: Talk) -> None:
    talk.send(b"HTTP/9.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")


@transfer(Reason.BAD_RESPONSE)
def status_in_letters(talk: Talk) -> None:
    talk.send(b"HTTP/1.1 OK fine\r\n\r\nhello")


@transfer(Reason.BAD_RESPONSE)
def switching_protocols(talk: Talk) -> None:
    talk.send(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n")
