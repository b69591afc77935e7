"""The findings pages and releases over HTTP, beside Prefect's own pages and behind the same password."""

import base64
import secrets
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from flows.pages.links import page_folders
from flows.settings import Settings
from warehouse.vocabulary.errors import Unreachable

_Next = Callable[[Request], Awaitable[Response]]


@contextmanager
def served_pages(settings: Settings, guard: str | None) -> Iterator[int]:
    """The port, for as long as they are served; `guard` is "user:password". Raises Unreachable for a taken port."""
    host, port = settings.serve_host, settings.pages_port
    try:
        listening = socket.create_server((host, port))
    except OSError as cause:
        raise Unreachable(
            f"เปิดหน้าข้อสังเกตที่ {host}:{port} ไม่ได้ ({cause.strerror}) โปรดเปลี่ยน pages_port",
            f"the findings pages cannot be served at {host}:{port} ({cause.strerror}); change pages_port",
        ) from cause
    server = uvicorn.Server(uvicorn.Config(_pages(settings, guard), log_level="critical", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield int(listening.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


def _pages(settings: Settings, guard: str | None) -> Starlette:
    folders = page_folders(settings)
    expected = b"Basic " + base64.b64encode(guard.encode()) if guard else None

    async def guarded(request: Request, answer: _Next) -> Response:
        said = request.headers.get("authorization", "").encode()
        if expected and not secrets.compare_digest(said, expected):
            return Response(status_code=401, headers={"WWW-Authenticate": 'Basic realm="prongsai", charset="UTF-8"'})
        folder = folders.get(request.url.path.split("/")[1])
        if folder is not None and not folder.is_dir():  # before the first run
            return Response(status_code=404)
        return await answer(request)

    served = [Mount(f"/{name}", StaticFiles(directory=folder, check_dir=False)) for name, folder in folders.items()]
    return Starlette(routes=served, middleware=[Middleware(BaseHTTPMiddleware, dispatch=guarded)])
