"""The findings pages and releases over HTTP, with a start page: beside Prefect's own and behind the same password."""

import base64
import errno
import os
import secrets
import signal
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from flows.pages.links import page_folders
from flows.pages.start_page import start_page
from flows.server import base_url
from flows.settings import Settings
from warehouse.vocabulary.errors import Unreachable, Words, WrongSettings

_NOT_OURS = Words("ที่อยู่นี้ไม่ใช่ของเครื่องนี้ โปรดแก้ serve_host", "that is no address of this machine; change serve_host")
_ADVICE: dict[int | None, Words] = {
    errno.EADDRINUSE: Words(
        "มีโปรแกรมอื่นใช้พอร์ตนี้อยู่ (อาจเป็น prongsai อีกตัว) โปรดปิดโปรแกรมนั้น หรือเปลี่ยน pages_port",
        "another program has this port, maybe a second prongsai; stop it, or change pages_port",
    ),
    errno.EACCES: Words(
        "ผู้ใช้นี้ไม่มีสิทธิ์เปิดพอร์ตนี้ โปรดตั้ง pages_port เป็น 1024 ขึ้นไป",
        "this user may not open that port; set pages_port to 1024 or more",
    ),
    **dict.fromkeys((errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, socket.EAI_NONAME, socket.EAI_AGAIN), _NOT_OURS),
}
_Next = Callable[[Request], Awaitable[Response]]


@contextmanager
def served_pages(settings: Settings, guard: str | None) -> Iterator[int]:
    """The port, for as long as they are served; `guard` is "user:password".

    Raises Unreachable where they cannot be served. Should they end by themselves, it stops this process by SIGTERM and
    raises Unreachable: whoever watches it then starts all anew.
    """
    listening = _listening(settings.serve_host, settings.pages_port)
    server = uvicorn.Server(uvicorn.Config(_pages(settings, guard), log_level="critical", lifespan="off"))
    died = threading.Event()
    thread = threading.Thread(target=_serve, args=(server, listening, died), daemon=True)
    thread.start()
    try:
        yield int(listening.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join()
        listening.close()
        if died.is_set():
            raise Unreachable(
                "หน้าข้อสังเกตหยุดไปเอง ดูสาเหตุในบันทึก (journalctl -u prongsai หรือ docker compose logs) แล้วเปิดใหม่",
                "the findings pages ended by themselves; see the log for the cause, then start again",
            )


def _serve(server: uvicorn.Server, listening: socket.socket, died: threading.Event) -> None:
    try:
        server.run(sockets=[listening])
    finally:
        if not server.should_exit:
            died.set()
            os.kill(os.getpid(), signal.SIGTERM)


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as cause:
        said = str(cause.strerror)
        advice = _ADVICE.get(cause.errno) or Words(said, said)
        raise Unreachable(
            f"เปิดหน้าข้อสังเกตที่ {base_url(host, port)} ไม่ได้: {advice.th}",
            f"the findings pages cannot be served at {base_url(host, port)}: {advice.en}",
        ) from cause


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

    def start(_: Request) -> Response:
        names = dict[str, str]()
        with suppress(WrongSettings):  # what is wrong with them the runs say: codes will do here
            names = {one.code: one.name for one in settings.all_organisations()}
        return HTMLResponse(start_page(folders["findings"], folders["releases"], names))

    served = [Mount(f"/{name}", StaticFiles(directory=folder, check_dir=False)) for name, folder in folders.items()]
    return Starlette(routes=[Route("/", start), *served], middleware=[Middleware(BaseHTTPMiddleware, dispatch=guarded)])
