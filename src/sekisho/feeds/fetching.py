"""Fetch a publisher's file: https only, bounded in size and time, redirects looked at one by one.

For tests against a server on the same machine, plain http to a loopback address can be allowed; nothing else can.
"""

from __future__ import annotations

import ipaddress
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from sekisho.feeds.lists.opening import CHUNK, Progress
from sekisho.model.problem import BadInput, Problem

AGENT = "sekisho (export control screening; https)"
MOST_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bounds on one download: bytes, seconds without a byte, seconds in all, tries."""

    size: int = 2 << 30
    silence: float = 60.0
    total: float = 1800.0
    tries: int = 3
    pause: float = 2.0
    insecure_loopback: bool = False


def check_address(address: str, bounds: Bounds) -> None:
    """Raise ``BadInput`` unless the address is https, or http to this machine where that was allowed."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        host, parts = "", urlsplit("")
    if parts.scheme == "https" and host:
        return
    if parts.scheme == "http" and bounds.insecure_loopback and _is_loopback(host):
        return
    hint = "only https addresses are fetched"
    raise BadInput([Problem("list.address", address[:200], "this address is not fetched", hint)])


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only where the first address could have gone."""

    max_redirections = MOST_REDIRECTS

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        check_address(newurl, self._bounds)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch(
    address: str,
    target: IO[bytes],
    *,
    bounds: Bounds,
    progress: Progress | None = None,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> int:
    """Fetch ``address`` into ``target`` and give its size; tries again when the network or the server stumbles."""
    check_address(address, bounds)
    for attempt in range(1, bounds.tries + 1):
        target.seek(0)
        target.truncate()
        try:
            return _once(address, target, bounds, progress, clock)
        except urllib.error.HTTPError as error:
            error.close()
            if error.code < 500 and error.code != 429:
                raise _failed(address, f"the server answers {error.code} {error.reason}") from None
            said = f"the server answers {error.code} {error.reason}"
        except (urllib.error.URLError, HTTPException, OSError, ValueError) as error:
            said = f"it cannot be fetched: {getattr(error, 'reason', None) or error or type(error).__name__}"
        if attempt < bounds.tries:
            sleep(bounds.pause * attempt)
    raise _failed(address, said)


def _once(
    address: str, target: IO[bytes], bounds: Bounds, progress: Progress | None, clock: Callable[[], float]
) -> int:
    opener = urllib.request.build_opener(_Redirects(bounds))
    asked = urllib.request.Request(address, headers={"User-Agent": AGENT, "Accept-Encoding": "identity"})  # noqa: S310
    started = clock()
    done = 0
    with opener.open(asked, timeout=bounds.silence) as answer:
        expected = _length(answer)
        if expected > bounds.size:
            raise _failed(address, f"it is larger than {bounds.size >> 20} MiB")
        while chunk := answer.read(CHUNK):
            done += len(chunk)
            if done > bounds.size:
                raise _failed(address, f"it is larger than {bounds.size >> 20} MiB")
            if clock() - started > bounds.total:
                raise _failed(address, f"it takes longer than {bounds.total:.0f} seconds")
            target.write(chunk)
            if progress is not None:
                progress(done, max(expected, done))
    if expected >= 0 and done < expected:
        raise OSError(f"it was cut off after {done} of {expected} bytes")
    return done


def _length(answer: Any) -> int:
    told = str(answer.headers.get("Content-Length", ""))
    return int(told) if told.isdigit() else -1


def _failed(address: str, says: str) -> BadInput:
    shown = address.partition("?")[0]
    hint = "the former snapshot stays in force; try later, or fetch it by hand and use `sekisho lists import`"
    return BadInput([Problem("list.fetch", shown, says, hint)])


def file_name(address: str) -> str:
    """Give the name of the file at ``address``."""
    return Path(urlsplit(address).path).name or "download"
