"""A real portal on loopback: TLS, login form with hidden fields, cookie, lists, exports, and faults on demand."""

import base64
import contextlib
import socket
import ssl
import struct
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

USER = "เจ้าหน้าที่"
PASSWORD = "p@ss w0rd/ลับ+&%\"'<"
TOKEN = "tok/en+0123=ab"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CODES = ("00123", "751E0", "751NH")
MODIFIED = "Fri, 31 Mar 2023 10:00:00 GMT"

LOGIN = """<!DOCTYPE html><html><head><title>เข้าสู่ระบบ</title></head><body>
<form action="search"><input name="words"></form>
<form method="post" action="{action}"><input type="hidden" name="__VIEWSTATE" value="dDw&quot;+/=">
<input type=hidden name="anti" value="{anti}"><input name="user"><input type="password" name="password">
<input type="submit" name="go" value="เข้าสู่ระบบ"></form></body></html>"""
ERROR = "<html><title>ระบบขัดข้อง\n กรุณาติดต่อผู้ดูแล</title><table><tr><td>!</td></tr></table></html>"
FORM = """<form action="/export"><input type="hidden" name="__VIEWSTATE" value="{state}">
<input name="year"><input name="org"></form>"""


@dataclass
class Portal:
    """What the portal knows and does; tests look into it and push faults, one for each coming request."""

    address: str = ""
    faults: deque[Callable[["Handler"], None] | None] = field(default_factory=deque)
    seen: list[tuple[str, str, dict[str, str], dict[str, list[str]]]] = field(default_factory=list)
    sessions: set[str] = field(default_factory=set)
    logins: int = 0
    etag: str = '"1"'
    login_action: str = "login"
    password: str = PASSWORD
    released: threading.Event = field(default_factory=threading.Event)

    def asked(self) -> list[str]:
        """The requests so far, as method and path with query."""
        return [f"{method} {path}" for method, path, _, _ in self.seen]


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    portal: Portal

    def do_GET(self) -> None:
        """Any page or file."""
        self.fields: dict[str, list[str]] = {}
        self.route()

    def do_POST(self) -> None:
        """A form."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.fields = parse_qs(body, keep_blank_values=True)
        self.route()

    def route(self) -> None:
        """What the path asks for, or the fault whose turn it is."""
        self.portal.seen.append((self.command, self.path, dict(self.headers), self.fields))
        self.parts = urlsplit(self.path)
        self.query = parse_qs(self.parts.query)
        if self.parts.path == "/login":
            return self.login()
        fault = self.portal.faults.popleft() if self.portal.faults else None
        if fault:
            return fault(self)
        if not self.signed_in():
            return self.answer(302, b"", Location="/login?again=1")
        return self.pages()

    def pages(self) -> None:
        """The pages for those who signed in."""
        if self.parts.path == "/list":
            codes = self.query.get("org", CODES)
            links = "".join(f'<a href="files/{code}/elaas.xlsx?v=1">{code}</a><a href="#">-</a>' for code in codes)
            return self.html(f'<a href="mailto:a@b">x</a><a href="http://[bad">x</a>{links}{links}')
        if self.parts.path == "/form":
            return self.html(FORM.format(state=f"state of {self.cookie()}"))
        if self.parts.path.startswith("/files/") or self.parts.path == "/export":
            return self.export()
        if self.parts.path == "/home":
            return self.html("<title>home</title>")
        return self.answer(404, b"nothing here")

    def login(self) -> None:
        """The form; a session for the right user, password and hidden fields."""
        if self.command == "GET":
            return self.html(
                LOGIN.format(anti="anti-forgery", action=self.portal.login_action),
                Set_Cookie="anti=forgery; Path=/; HttpOnly",
            )
        self.portal.logins += 1
        right = {"user": USER, "password": self.portal.password, "anti": "anti-forgery", "__VIEWSTATE": 'dDw"+/='}
        if self.headers["Cookie"] is None or any(self.fields[name] != [value] for name, value in right.items()):
            return self.html(LOGIN.format(anti="anti-forgery", action=self.portal.login_action))
        session = f"s{self.portal.logins}"
        self.portal.sessions.add(session)
        return self.answer(302, b"", Location="home", Set_Cookie=f"session={session}; Path=/; Secure; HttpOnly")

    def signed_in(self) -> bool:
        """By cookie, basic, bearer or a token in the query."""
        basic = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        given = self.headers["Authorization"] in (basic, f"Bearer {TOKEN}") or self.query.get("key") == [TOKEN]
        return given or self.cookie() in self.portal.sessions

    def cookie(self) -> str:
        """The session that the cookie names."""
        return (self.headers["Cookie"] or "").partition("session=")[2].partition(";")[0]

    def export(self) -> None:
        """The export that was asked for, if it is new."""
        if self.headers["If-None-Match"] == self.portal.etag:
            return self.answer(304, b"")
        words = self.fields or self.query
        content = f"PK\x03\x04 {self.parts.path} {words.get('org')} {words.get('year')} {words.get('half')}".encode()
        disposition = "attachment; filename=\"x\"; filename*=UTF-8''%E0%B8%87%E0%B8%9A.xlsx"
        return self.file(content, ETag=self.portal.etag, Last_Modified=MODIFIED, Content_Disposition=disposition)

    def html(self, text: str, **headers: str) -> None:
        """A web page."""
        self.answer(200, text.encode(), **{"Content_Type": "text/html; charset=utf-8"} | headers)

    def file(self, content: bytes, **headers: str) -> None:
        """A spreadsheet."""
        self.answer(200, content, **{"Content_Type": XLSX} | headers)

    def answer(self, status: int, content: bytes, **headers: str) -> None:
        """Any answer."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if status != 304 and "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        self.close_connection = self.close_connection or "Content_Length" in headers

    def reset(self) -> None:
        """The line cut without a word."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Nothing on the terminal."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are what the tests are about."""


@contextlib.contextmanager
def running(certificate: Callable[[ssl.SSLContext], None] | None) -> Iterator[Portal]:
    """A portal on a free port of 127.0.0.1 until the end of the block; plain HTTP without a certificate."""
    portal = Portal()
    server = _Server(("127.0.0.1", 0), type("PortalHandler", (Handler,), {"portal": portal}))
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate(context)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    portal.address = f"http{'s' if certificate else ''}://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield portal
    finally:
        portal.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
