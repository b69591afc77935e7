"""The findings pages and releases over HTTP: only they, and only with the password where one is set."""

import socket
from pathlib import Path

import pytest
import requests

from flows.pages.links import linked, release_links
from flows.pages.page_server import served_pages
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
        with pytest.raises(Unreachable, match="pages_port"), served_pages(busy, None):
            raise AssertionError("served")
