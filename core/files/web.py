"""What is fetched from the web: from addresses that everybody can reach, in little time, and not much of it."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import zlib
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urljoin

import httpcore
import httpx

from core.domain.catalogue import link_of
from core.domain.errors import BadInput

MOST_BYTES = 10_000_000
SECONDS = 20.0  # for one address, redirects and all
REDIRECTS = 5
AGENT = "Kith (reads feeds once every few hours)"
LOOKER = "Kith (looks once a week whether links answer)"
_TRIED = 3  # addresses of a name
_MOVED = {301, 302, 303, 307, 308}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Unfetched(BadInput):
    """Say why an address gave nothing; the key begins with `feed-fault-`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What an address gave: `body` is None where nothing changed; `etag` and `modified` are for the next request."""

    body: bytes | None
    etag: str = ""
    modified: str = ""
    address: str = ""  # where it was in the end


def public(address: str) -> bool:
    """Say whether an IP address is one that everybody can reach, also where it carries another one (RFC 4291, 6052)."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        carried = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if carried is None and (found in _NAT64 or int(found) >> 32 == 0):
            carried = ipaddress.IPv4Address(int(found) & 0xFFFF_FFFF)
        if carried is not None and not public(str(carried)):
            return False
    return found.is_global and not found.is_multicast


class Outside(httpcore.AsyncNetworkBackend):
    """Connect, by a `wire`, to what a name was found to be when it was checked: it can't be another a moment later."""

    def __init__(self, *, private: bool = False, wire: httpcore.AsyncNetworkBackend | None = None) -> None:
        self._inner = wire or httpcore.AnyIOBackend()
        self._private = private

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  httpcore names it so
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect; raise Unfetched where any address of the name isn't public."""
        found = await self._addresses(host, port)
        for place, each in enumerate(found):
            try:
                return await self._inner.connect_tcp(each, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if place == len(found) - 1:
                    raise
        raise Unfetched("feed-fault-nowhere")

    async def _addresses(self, host: str, port: int) -> list[str]:
        loop = asyncio.get_running_loop()
        try:
            answers = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise Unfetched("feed-fault-nowhere") from None
        found = list(dict.fromkeys(str(each[4][0]) for each in answers))
        if not self._private and not all(map(public, found)):
            raise Unfetched("feed-fault-private")
        return found[:_TRIED]

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


async def fetch(
    address: str,
    *,
    etag: str = "",
    modified: str = "",
    private: bool = False,
    most: int = MOST_BYTES,
    wire: httpcore.AsyncNetworkBackend | None = None,
) -> Fetched:
    """Return what is at an address; raise Unfetched, with why, after 20 seconds at the latest.

    `etag` and `modified` are what it said last (RFC 9110, 13.1). With `private` addresses of one's own network count.
    `wire` is what carries it, the network of this machine where none is given.
    """
    headers: dict[bytes | str, bytes | str] = {"User-Agent": AGENT, "Accept-Encoding": "gzip"}
    headers |= {"If-None-Match": etag} if etag else {}
    headers |= {"If-Modified-Since": modified} if modified else {}
    async with _bounded(private, wire) as pool, _reached(pool, "GET", address, headers) as (answer, said, at):
        if answer.status == 304:
            return Fetched(body=None, etag=etag, address=at)
        if answer.status != 200:
            raise Unfetched("feed-fault-status", detail=answer.status)
        body = await _body(answer, said.get("content-encoding", "").lower(), most)
        return Fetched(
            body=body, etag=said.get("etag", "")[:200], modified=said.get("last-modified", "")[:60], address=at
        )


async def status(address: str, *, private: bool = False) -> int:
    """Return with which status an address answers in the end: asked for its head, and where that fails for its page.

    Nothing of a page is read. Raise Unfetched, with why, where nothing answers within 20 seconds.
    """
    with suppress(Unfetched):
        if (found := await _status("HEAD", address, private)) < 400:
            return found
    return await _status("GET", address, private)


async def _status(method: str, address: str, private: bool) -> int:
    headers: dict[bytes | str, bytes | str] = {"User-Agent": LOOKER}
    async with _bounded(private) as pool, _reached(pool, method, address, headers) as (answer, _, _):
        return answer.status


@asynccontextmanager
async def _bounded(
    private: bool, wire: httpcore.AsyncNetworkBackend | None = None
) -> AsyncIterator[httpcore.AsyncConnectionPool]:
    """Give what fetches, for 20 seconds; what goes wrong on the way is Unfetched."""
    try:
        async with (
            asyncio.timeout(SECONDS),
            httpcore.AsyncConnectionPool(network_backend=Outside(private=private, wire=wire)) as pool,
        ):
            yield pool
    except TimeoutError:
        raise Unfetched("feed-fault-slow") from None
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError):
        raise Unfetched("feed-fault-nowhere") from None


@asynccontextmanager
async def _reached(
    pool: httpcore.AsyncConnectionPool, method: str, address: str, headers: Mapping[bytes | str, bytes | str]
) -> AsyncIterator[tuple[httpcore.Response, dict[str, str], str]]:
    """Give what answers where an address leads in the end, its headers, and where that is."""
    at = address
    for _ in range(REDIRECTS + 1):
        async with pool.stream(method, _checked(at), headers=headers) as answer:
            said = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
            if answer.status not in _MOVED or not said.get("location"):
                yield answer, said, at
                return
            at = urljoin(at, said["location"])
    raise Unfetched("feed-fault-round")


def _checked(address: str) -> str:
    """Return an address as it goes over the wire: its name in Punycode, other letters in per cents."""
    try:
        return str(httpx.URL(link_of(address)))
    except (BadInput, httpx.InvalidURL, ValueError):
        raise Unfetched("feed-fault-nowhere") from None


async def _body(answer: httpcore.Response, encoding: str, most: int) -> bytes:
    """Return what was sent, unpacked; raise Unfetched where it is too much, before all of it is in memory."""
    if encoding not in {"", "identity", "gzip", "x-gzip"}:
        raise Unfetched("feed-fault-broken")
    unpack = zlib.decompressobj(wbits=47) if "gzip" in encoding else None
    parts: list[bytes] = []
    size = 0
    async for sent in answer.aiter_stream():
        try:
            part = sent if unpack is None else unpack.decompress(sent, most - size + 1)
        except zlib.error:
            raise Unfetched("feed-fault-broken") from None
        size += len(part)
        if size > most:
            raise Unfetched("feed-fault-large", detail=most // 1_000_000)
        parts.append(part)
    return b"".join(parts)
