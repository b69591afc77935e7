"""A portal for each test, a certificate authority for all, and a way to fetch that never really waits."""

import logging
import traceback
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
import trustme

from connectors.fetched import Fetched
from connectors.limits import Limits
from connectors.portal import Recipe, fetch, read_recipe, secrets_of
from warehouse.vocabulary.errors import ProngsaiError
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period
from warehouse.vocabulary.records import Organisation

from .loopback import CODES, PASSWORD, TOKEN, USER, Portal, running

ENVIRONMENT = {"PORTAL_USER": USER, "PORTAL_PASSWORD": PASSWORD, "PORTAL_TOKEN": TOKEN}
FORM_LOGIN = """
[login]
kind = "form"
page = "login"
fields = { user = "env:PORTAL_USER", password = "env:PORTAL_PASSWORD", go = "เข้าสู่ระบบ" }
"""
BY_ADDRESS = """
[files]
kind = "address"
address = "export?year={fiscal_year}&half={half}&org={organisation}"
"""


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """Who signs the portal's certificate."""
    return trustme.CA()


@pytest.fixture
def portal(authority: trustme.CA) -> Iterator[Portal]:
    """A portal with TLS."""
    with running(authority.issue_cert("127.0.0.1", "localhost").configure_cert) as portal:
        yield portal


@dataclass
class Visitor:
    """Fetches by a recipe, remembers waits and answers, and sees to it that nothing said holds a secret."""

    recipe: Recipe
    known: dict[str, Mapping[str, str]] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    answers: list[Fetched | ProngsaiError] = field(default_factory=list)
    seconds_a_look: float = 0.0
    chance: float = 0.5  # that the waits between tries are spread by
    limits: Limits = field(default_factory=Limits)
    _now: float = 0.0

    def clock(self) -> float:
        """A clock that runs only when looked at, and by waiting."""
        self._now += self.seconds_a_look
        return self._now

    def wait(self, seconds: float) -> None:
        """No waiting, but on the clock."""
        self.waits.append(seconds)
        self._now += seconds

    def fetching(self, *codes: str) -> Generator[Fetched | ProngsaiError, None, None]:
        """The answers, one by one."""
        organisations = [Organisation(code, "เทศบาลตำบล", "เมือง", "ฉะเชิงเทรา") for code in codes or CODES]
        period = Period(FiscalYear(2566), Half.FIRST)
        secrets = secrets_of(self.recipe, ENVIRONMENT)
        how: dict[str, Any] = {
            "wait": self.wait,
            "random": lambda: self.chance,
            "clock": self.clock,
            "limits": self.limits,
        }
        yield from fetch(self.recipe, organisations, period, known=self.known, secrets=secrets, **how)

    def fetch(self, *codes: str) -> list[Fetched | ProngsaiError]:
        """All answers; what is raised comes last."""
        self.answers = []
        try:
            for answer in self.fetching(*codes):
                self.answers.append(answer)
                if isinstance(answer, Fetched) and answer.version:
                    self.known |= [answer.version]
        except ProngsaiError as error:
            self.answers.append(error)
        return self.answers

    def one(self) -> Fetched | ProngsaiError:
        """The answer for one organisation."""
        (answer,) = self.fetch("751NH")
        return answer

    def said(self) -> str:
        """All that the answers say to people, logs and tracebacks with local variables."""
        lines = [repr(self.known), repr(self.recipe)]
        for answer in self.answers:
            if isinstance(answer, Fetched):
                lines += [answer.origin, answer.file_name]
            else:
                trace = traceback.TracebackException.from_exception(answer, capture_locals=True)
                lines += [str(answer), repr(answer), answer.words.th, answer.words.en, *trace.format()]
        return "\n".join(lines)


@pytest.fixture
def visitor(
    portal: Portal, authority: trustme.CA, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> Iterator[Callable[..., Visitor]]:
    """A visitor by a recipe for the portal; at the end, no secret may have been said or logged."""
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    caplog.set_level(logging.DEBUG)
    visitors: list[Visitor] = []

    def declared(tables: str = FORM_LOGIN + BY_ADDRESS, **keys: str) -> Visitor:
        top = {"name": '"จังหวัด"', "address": f'"{portal.address}"', "ca_file": '"authority.pem"', "tries": "3"} | keys
        path = tmp_path / f"recipe{len(visitors)}.toml"
        path.write_text("\n".join(f"{key} = {value}" for key, value in top.items()) + tables, encoding="utf-8")
        visitors.append(Visitor(read_recipe(path)))
        return visitors[-1]

    yield declared
    said = caplog.text + "".join(visitor.said() for visitor in visitors)
    for secret in (USER, PASSWORD, TOKEN):
        for spelling in (secret, quote(secret), quote(secret, safe=""), quote_plus(secret), repr(secret)[1:-1]):
            assert spelling not in said
