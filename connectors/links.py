"""Whether web addresses can be opened: asked politely, a host at a time, without reading what is there."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

import requests

from connectors.portal.address import is_web_address, place_of
from warehouse.vocabulary.errors import Words

_SECONDS = 10.0
_PAUSE = 1.0  # seconds between two questions to one host
_HOSTS_AT_ONCE = 8
_NO_HEAD = (400, 401, 403, 404, 405, 501)  # what servers answer to HEAD that would answer a GET
_FOR_PEOPLE = (401, 403, 429)  # there is something; many firewalls refuse programs what they show to people
_CAUSES: tuple[tuple[type[requests.RequestException], Words], ...] = (
    (requests.exceptions.SSLError, Words("ใบรับรองของเว็บไซต์ใช้ไม่ได้", "the site's certificate is not valid")),
    (requests.Timeout, Words("ไม่ตอบภายในเวลาที่กำหนด", "it does not answer in time")),
    (requests.TooManyRedirects, Words("ส่งต่อวนไปมาไม่สิ้นสุด", "it redirects in a circle")),
    (requests.ConnectionError, Words("ติดต่อเว็บไซต์ไม่ได้", "the site cannot be reached")),
    (requests.RequestException, Words("ที่อยู่ใช้ไม่ได้ หรือส่งต่อไปที่อยู่ที่ใช้ไม่ได้", "the address leads to none that works")),
)
_NO_ADDRESS = Words("ไม่ใช่ที่อยู่เว็บ", "it is no web address")


def dead_links(
    addresses: Iterable[str], *, seconds: float = _SECONDS, wait: Callable[[float], None] = time.sleep
) -> dict[str, Words]:
    """Those of the addresses that cannot be opened, and why; seconds: patience with each connection and answer.

    What failed is asked once more. A site that answers but refuses programs (401, 403, 429) counts as open.
    """
    hosts: dict[object, list[str]] = defaultdict(list)
    dead: dict[str, Words] = {}
    for address in dict.fromkeys(addresses):
        if is_web_address(address):
            hosts[place_of(address)].append(address)
        else:
            dead[address] = _NO_ADDRESS
    with ThreadPoolExecutor(_HOSTS_AT_ONCE) as threads:
        for found in threads.map(lambda mine: _dead_on_one_host(mine, seconds, wait), hosts.values()):
            dead |= found
    return dead


def _dead_on_one_host(addresses: Sequence[str], seconds: float, wait: Callable[[float], None]) -> dict[str, Words]:
    dead: dict[str, Words] = {}
    with requests.Session() as session:
        session.headers["User-Agent"] = "prongsai"
        session.max_redirects = 10
        for address in addresses:
            fault = _fault(session, address, seconds)
            wait(_PAUSE)
            if fault is not None:
                fault = _fault(session, address, seconds)
                wait(_PAUSE)
            if fault is not None:
                dead[address] = fault
    return dead


def _fault(session: requests.Session, address: str, seconds: float) -> Words | None:
    try:
        for method in ("HEAD", "GET"):
            with session.request(method, address, timeout=seconds, allow_redirects=True, stream=True) as answer:
                status = answer.status_code
            if status not in _NO_HEAD:
                break
    except requests.RequestException as cause:
        return next(words for kind, words in _CAUSES if isinstance(cause, kind))
    if status < 400 or status in _FOR_PEOPLE:
        return None
    return Words(f"เว็บไซต์ตอบรหัส {status}", f"the site answers with status {status}")
