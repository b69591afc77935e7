"""The findings pages and releases over HTTP: only they, and only with the password where one is set."""

import errno
import os
import signal
import socket
import threading
from pathlib import Path

import pytest
import requests
import uvicorn

from flows.pages.links import linked, release_links
from flows.pages.page_server import served_pages
from flows.server import base_url
from flows.settings import Settings
from warehouse.vocabulary.errors import Unreachable


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A place with one findings page, one release, and what nobody may read."""
    for path in (".prongsai/findings/หนึ่ง 1.html", "releases/751NH/2566-1/v1/report.pdf", ".prongsai/warehouse.db"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(path, encoding="utf-8")
    return Settings(folder=tmp_path, pages_port=0)


def test_a_link_opens_what_the_run_wrote_and_nothing_else_is_served(settings: Settings):
    with served_pages(settings, None) as port:
        address = f"http://127.0.0.1:{port}"
        reached = settings.model_copy(update={"pages_url": address})
        page = linked(reached, settings.path(settings.state) / "findings/หนึ่ง 1.html", "หน้าข้อสังเกต")
        links = [page, *release_links(reached, settings.path(settings.releases) / "751NH/2566-1/v1").split(" ")]
        found = [requests.get(one.partition("(")[2].rstrip(")"), timeout=10) for one in links]
        assert [one.status_code for one in found] == [200, 200, 404, 404]
        assert found[0].headers["content-type"].startswith("text/html")
        assert found[0].content.decode() == ".prongsai/findings/หนึ่ง 1.html"
        for other in ("", "findings/", "findings/../warehouse.db", "findings/%2e%2e/warehouse.db", "warehouse.db"):
            asked = requests.Request("GET", address).prepare()
            asked.url = f"{address}/{other}"  # as it is: a client that does not tidy up dots
            assert requests.Session().send(asked, timeout=10).status_code in (404, 405), other


def test_with_a_password_nothing_is_read_without_it(settings: Settings):
    with served_pages(settings, "เทศบาล:ลับ") as port:
        page = f"http://127.0.0.1:{port}/releases/751NH/2566-1/v1/report.pdf"
        right = ("เทศบาล".encode(), "ลับ".encode())
        answers = [requests.get(page, auth=auth, timeout=10) for auth in (None, ("a", "b"), right)]
        assert [one.status_code for one in answers] == [401, 401, 200]
        assert "WWW-Authenticate" in answers[0].headers
        assert requests.get(page, headers={"Authorization": "Basic \xe9"}, timeout=10).status_code == 401


def test_before_the_first_run_nothing_is_found(tmp_path: Path):
    with served_pages(Settings(folder=tmp_path, pages_port=0), None) as port:
        assert requests.get(f"http://127.0.0.1:{port}/findings/a.html", timeout=10).status_code == 404


def test_without_an_address_a_run_tells_the_path(settings: Settings):
    path = settings.path(settings.state) / "findings/หนึ่ง 1.html"
    assert linked(settings, path, "หน้า") == f"หน้า `{path}`"
    assert release_links(settings, path) == f"`{path}`"


def test_a_taken_port_is_told_with_what_to_change(settings: Settings):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        busy = settings.model_copy(update={"pages_port": taken.getsockname()[1]})
        with pytest.raises(Unreachable, match=r"another program.*pages_port"), served_pages(busy, None):
            raise AssertionError("served")


@pytest.mark.parametrize("host", ["203.0.113.1", "2001:db8::1"])
def test_an_address_that_is_not_of_this_machine_is_told_with_what_to_change(settings: Settings, host: str):
    elsewhere = settings.model_copy(update={"serve_host": host})
    with pytest.raises(Unreachable, match="serve_host") as refused, served_pages(elsewhere, None):
        raise AssertionError("served")
    assert "pages_port" not in refused.value.words.en


@pytest.mark.parametrize(
    ("number", "told"), [(errno.EACCES, "pages_port to 1024 or more"), (errno.EMFILE, "Too many open files")]
)
def test_a_port_that_is_not_allowed_and_whatever_else_are_told_as_what_they_are(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, number: int, told: str
):
    def refused(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))  # root, as which tests may run, is allowed every port

    monkeypatch.setattr(socket, "create_server", refused)
    with pytest.raises(Unreachable, match=told), served_pages(settings, None):
        raise AssertionError("served")


def test_pages_are_served_on_ipv6_too(settings: Settings):
    if not socket.has_ipv6 or not Path("/proc/net/if_inet6").is_file():
        pytest.skip("no IPv6 here")
    with served_pages(settings.model_copy(update={"serve_host": "::1"}), None) as port:
        page = f"{base_url('::1', port)}/releases/751NH/2566-1/v1/report.pdf"
        assert requests.get(page, timeout=10).status_code == 200


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_pages_that_die_end_the_process_that_serves_them_with_an_error(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    async def dies(_: uvicorn.Server) -> None:
        raise RuntimeError("a bug")

    told = threading.Event()
    before = signal.signal(signal.SIGTERM, lambda *_: told.set())  # which ends serve
    monkeypatch.setattr(uvicorn.Server, "main_loop", dies)
    try:
        with pytest.raises(Unreachable, match="ended by themselves"), served_pages(settings, None):
            assert told.wait(60)
    finally:
        signal.signal(signal.SIGTERM, before)
