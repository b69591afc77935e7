"""Web addresses: which may be asked for, which belong to one place, and how they are shown without secrets."""

import re
from urllib.parse import urljoin, urlsplit, urlunsplit

HIDDEN = "***"
_TELLING = re.compile(r"pass|pwd|secret|token|key|sig|sess|auth|cred|ticket|jwt|^sid$|^code$", re.IGNORECASE)
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def is_web_address(address: str) -> bool:
    """Whether it is http(s) with a host, and without a user or password in it."""
    try:
        parts = urlsplit(address)
        return (
            parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc and parts.port != 0
        )
    except ValueError:
        return False


def followed(base: str, link: str) -> str | None:
    """The whole address of a link on a page; None if it leads to no web address."""
    try:
        address = urljoin(base, link.strip())
    except ValueError:
        return None
    return address if is_web_address(address) else None


def is_open_to_others(address: str) -> bool:
    """Whether what is sent there can be read on its way."""
    parts = urlsplit(address)
    return parts.scheme != "https" and parts.hostname not in _LOOPBACK


def place_of(address: str) -> tuple[str, str | None, int | None]:
    """Scheme, host and port: who gets what is sent there."""
    parts = urlsplit(address)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}[parts.scheme]


def shown(address: str) -> str:
    """The address without user, fragment, path parameters, and the values that give access."""
    parts = urlsplit(address)
    query = re.sub(
        "([^&;=]+)=[^&;]*", lambda pair: f"{pair[1]}={HIDDEN}" if _TELLING.search(pair[1]) else pair[0], parts.query
    )
    path = re.sub(";[^/]*", f";{HIDDEN}", parts.path)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], path, query, ""))
