"""The file systems behind addresses, and what each needs so that a file is there whole or not at all."""

import mimetypes
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

import fsspec  # type: ignore[import-untyped]

SECONDS = 60
FOREIGN = {"aiobotocore", "aiohttp", "asyncssh", "botocore", "httpx", "webdav4"}
"""Whose errors say that a target does not answer, and are no OSError; few have them all installed."""
_WEBDAV = {"webdav": "https", "webdav+http": "http"}
_TYPES = {".jsonl": "application/jsonl", ".csv": "text/csv; charset=utf-8", ".html": "text/html; charset=utf-8"}


def opened(target: str) -> tuple[Any, str]:
    """The fsspec file system of a folder or address, and the path in it. Raises ValueError, ImportError, OSError.

    s3:// takes keys and endpoint from the environment (AWS_…), sftp:// trusts the hosts of ~/.ssh/known_hosts alone,
    webdav:// goes by https.
    """
    parts = urlsplit(target)
    if parts.scheme == "sftp":
        return _sftp(parts), parts.path
    if parts.scheme in _WEBDAV:
        return _webdav(parts), parts.path
    system, path = fsspec.core.url_to_fs(target)
    return system, str(path)


def kinds_of(system: Any) -> set[str]:
    """The names that a file system goes by: "file" for folders of this machine."""
    return {system.protocol} if isinstance(system.protocol, str) else {*system.protocol}


def _sftp(parts: SplitResult) -> Any:
    from sshfs import SSHFileSystem  # fsspec's own takes any server for the right one

    options: dict[str, Any] = {"port": parts.port, "username": parts.username, "password": parts.password}
    told = {name: unquote(value) if isinstance(value, str) else value for name, value in options.items() if value}
    # known_hosts=() is the user's own file; keepalive, or a server that fell silent would hold us for ever.
    return SSHFileSystem(parts.hostname, known_hosts=(), connect_timeout=SECONDS, keepalive_interval=15, **told)


def _webdav(parts: SplitResult) -> Any:
    from webdav4.fsspec import WebdavFileSystem

    user = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    address = f"{_WEBDAV[parts.scheme]}://{parts.netloc.rpartition('@')[2]}"
    return WebdavFileSystem(address, auth=user, timeout=SECONDS)


def write_whole(system: Any, path: str, content: bytes) -> None:
    """Put a file there, or in the place of another, so that nobody ever sees a part of it."""
    folder, _, name = path.rpartition("/")
    kinds = kinds_of(system)
    if "s3" in kinds:  # one PUT is whole or nothing, tells browsers the type, and never makes a bucket
        suffix = f".{name.rpartition('.')[2]}"
        kind = _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        system.pipe_file(path, content, ContentType=kind)
        return
    partial = f"{folder}/.{name}.part"
    system.makedirs(folder, exist_ok=True)
    system.pipe_file(partial, content)
    if "webdav" in kinds:
        system.client.move(partial, path, overwrite=True)
    else:
        system.mv(partial, path)
