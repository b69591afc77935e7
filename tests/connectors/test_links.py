"""Whether cited pages open, asked of a real server."""

from collections.abc import Iterator

import pytest

from connectors.links import dead_links
from tests.connectors.website import Site, served_site


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with served_site(monkeypatch) as address:
        yield address


def dead(site: str, *paths: str, seconds: float = 10) -> dict[str, str]:
    found = dead_links([f"{site}{path}" for path in paths], seconds=seconds, wait=lambda _: None)
    return {address.removeprefix(site): said.en for address, said in found.items()}


def test_pages_that_open_and_pages_that_only_people_may_open_are_not_dead(site: str):
    assert dead(site, "/200", "/200/ประกาศ.pdf", "/nohead", "/to/200", "/401", "/403", "/429") == {}


def test_missing_pages_are_dead_wherever_the_link_leads_first(site: str):
    status = "the site answers with status"
    assert dead(site, "/404", "/to/410", "/500") == {
        "/404": f"{status} 404",
        "/to/410": f"{status} 410",
        "/500": f"{status} 500",
    }


def test_a_circle_and_a_page_that_never_comes_end(site: str):
    assert dead(site, "/to/to/to/to/to/to/to/to/to/to/to/to/200") == {
        "/to/to/to/to/to/to/to/to/to/to/to/to/200": "it redirects in a circle"
    }
    assert dead(site, "/slow", seconds=0.1) == {"/slow": "it does not answer in time"}


def test_a_site_that_failed_once_is_asked_again(site: str):
    assert dead(site, "/once") == {}
    assert Site.asked["HEAD /once"] == 2


def test_a_site_that_is_gone_and_what_is_no_address_are_told(site: str):
    found = dead_links(["http://127.0.0.1:9/", "https://", "http://[::1"], wait=lambda _: None)
    assert {address: said.en for address, said in found.items()} == {
        "http://127.0.0.1:9/": "the site cannot be reached",
        "https://": "it is no web address",
        "http://[::1": "it is no web address",
    }


def test_one_host_is_asked_a_page_at_a_time_each_page_once_and_with_a_pause(site: str):
    pauses: list[float] = []
    dead_links([f"{site}/200/{number % 3}" for number in range(6)], wait=pauses.append)
    assert Site.asked == {f"HEAD /200/{number}": 1 for number in range(3)}
    assert pauses == [1.0, 1.0, 1.0]
