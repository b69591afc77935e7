"""A web site: a folder as it is served on this machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

from tests.loopback import listening


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the folder; whoever asks it must not go through a proxy (no_proxy)."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    with listening(partial(Quiet, directory=str(folder))) as address:
        yield f"{address}/"
