"""The line to one portal: asks politely, tries again where that helps, and takes no secret to another place."""

import base64
import ssl
from collections.abc import Callable
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self, TypeVar

import requests
import urllib3

from connectors.limits import Limits
from connectors.portal.address import followed, is_open_to_others, place_of, shown
from connectors.portal.exchange import Answer, Asked
from connectors.portal.recipe import BasicLogin, BearerLogin, Recipe
from connectors.portal.secrets import Secrets
from warehouse.vocabulary.errors import ProngsaiError, Unreachable, Unreadable, Words, WrongSettings

_Error = TypeVar("_Error", bound=ProngsaiError)
_MOST_REDIRECTS = 10
_LONGEST_WAIT = 120.0  # seconds; a portal that asks for more is left for the next time

_SLOW = Words("ไม่ตอบภายในเวลาที่กำหนด", "did not answer in time")
_CAUSES: tuple[tuple[type[Exception], Words], ...] = (
    (requests.Timeout, _SLOW),
    (urllib3.exceptions.TimeoutError, _SLOW),
    (requests.exceptions.ProxyError, Words("ติดต่อผ่านพร็อกซีไม่ได้", "cannot be reached through the proxy")),
    (requests.exceptions.SSLError, Words("เชื่อมต่อแบบเข้ารหัสไม่สำเร็จ", "cannot agree on an encrypted connection")),
    (Exception, Words("เชื่อมต่อไม่ได้หรือสายหลุดระหว่างส่ง", "cannot be connected to, or broke off")),
)


@dataclass(frozen=True, slots=True)
class _Trouble:
    """Why there is no answer yet, and how many seconds the portal asks us to wait."""

    cause: Words
    wait: float = 0.0


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:
        """Nothing: we follow redirects ourselves, to see what goes along."""


class Connection:
    """An open line. Every error names portal and address, without secrets, and says what to do."""

    def __init__(
        self,
        recipe: Recipe,
        secrets: Secrets,
        limits: Limits,
        *,
        wait: Callable[[float], None],
        random: Callable[[], float],
        clock: Callable[[], float],
    ) -> None:
        self.recipe, self._secrets, self._limits = recipe, secrets, limits
        self._wait, self._random, self._clock = wait, random, clock
        self._last_asked: dict[str | None, float] = {}  # by host
        self._session = _Session()
        # No proxy, netrc or CA file from the environment: what the recipe declares is all that counts.
        self._session.trust_env = False
        self._session.headers["User-Agent"] = "prongsai"
        if recipe.proxy:
            self._session.proxies = dict.fromkeys(("http", "https"), secrets.of(recipe.proxy))
        if recipe.ca_file:
            self._session.verify = self._readable_ca_file(recipe.ca_file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.close()

    def origin(self, address: str) -> str:
        """The address as it may be shown and kept."""
        return self._secrets.hidden_in(shown(address))

    def error(self, kind: type[_Error], address: str, th: str, en: str) -> _Error:
        """An error of this kind that names portal and address."""
        where = f"{self.recipe.name} ({shown(address)})"
        return kind(self._secrets.hidden_in(f"พอร์ทัล {where} {th}"), self._secrets.hidden_in(f"Portal {where} {en}"))

    def answer(self, asked: Asked) -> Answer:
        """The answer after redirects, any status below 500 but 429; raises Unreachable after all tries."""
        tries = 1
        while isinstance(outcome := self._followed(asked), _Trouble):
            if tries == self.recipe.tries or outcome.wait > _LONGEST_WAIT:
                th, en = outcome.cause.th, outcome.cause.en
                raise self.error(Unreachable, asked.address, f"{th} กรุณาลองใหม่ภายหลัง", f"{en}: try again later")
            self._wait(max(outcome.wait, 2 ** (tries - 1) * (0.5 + self._random())))
            tries += 1
        return outcome

    def _followed(self, asked: Asked) -> Answer | _Trouble:
        for _ in range(_MOST_REDIRECTS):
            outcome = self._sent(asked)
            if isinstance(outcome, _Trouble) or not outcome.redirects:
                return outcome
            asked = self._redirected(asked, outcome)
        raise self.error(
            WrongSettings,
            asked.address,
            "ส่งต่อวนไปมาไม่สิ้นสุด กรุณาตรวจที่อยู่และ login ในไฟล์กำหนดพอร์ทัล",
            "redirects in a circle: check the addresses and login in the recipe",
        )

    def _redirected(self, asked: Asked, answer: Answer) -> Asked:
        # HTTP headers arrive as Latin-1 whatever was sent; addresses are sent as UTF-8.
        location = answer.header("Location").encode("latin-1", "replace").decode("utf-8", "replace")
        target = followed(answer.address, location)
        keeps_form = asked.method == "POST" and answer.status in (307, 308)
        if target is None or (is_open_to_others(target) and not is_open_to_others(asked.address)):
            raise self.leads_elsewhere(asked.address)
        if not keeps_form:
            return Asked(target, headers=asked.headers)
        if place_of(target) != place_of(asked.address):
            raise self.leads_elsewhere(asked.address)
        return replace(asked, address=target)

    def leads_elsewhere(self, address: str) -> WrongSettings:
        """The error for a portal that would have a form or an address sent where it must not go."""
        return self.error(
            WrongSettings,
            address,
            "ส่งต่อไปยังที่อื่นหรือที่ไม่เข้ารหัส จึงไม่ส่งข้อมูลต่อ กรุณาตรวจที่อยู่ในไฟล์กำหนดพอร์ทัล",
            "leads to another or an unencrypted place, so nothing was sent there: check the addresses in the recipe",
        )

    def _sent(self, asked: Asked) -> Answer | _Trouble:
        self._pause(asked.address)
        started = self._clock()
        try:
            request = self._prepared(asked)
            with self._session.send(
                request, stream=True, timeout=self.recipe.timeout, allow_redirects=False
            ) as response:
                content = self._content(response, started, asked.address)
                answer = Answer(response.url, response.status_code, response.headers, content)
            return _Trouble(_failed(answer), answer.seconds_to_wait()) if answer.failed_for_now else answer
        except (requests.RequestException, urllib3.exceptions.HTTPError) as failed:
            error = failed
        # Told out here, so that no traceback carries what the libraries say of addresses and headers.
        return self._trouble(error, asked.address)

    def _prepared(self, asked: Asked) -> requests.PreparedRequest:
        fields = dict(asked.hidden) | {name: self._secrets.of(value) for name, value in asked.fields.items()}
        request = requests.Request(
            asked.method, asked.address, headers={**asked.headers, **self._credentials(asked.address)}
        )
        if asked.method == "POST":
            request.data = fields
        else:
            request.params = fields
        return self._session.prepare_request(request)

    def _credentials(self, address: str) -> dict[str, bytes]:
        if place_of(address) != place_of(self.recipe.address):
            return {}
        match self.recipe.login:
            case BasicLogin(user=user, password=password):
                pair = f"{self._secrets.of(user)}:{self._secrets.of(password)}".encode()
                return {"Authorization": b"Basic " + base64.b64encode(pair)}
            case BearerLogin(token=token):
                return {"Authorization": b"Bearer " + self._secrets.of(token).encode()}
            case _:
                return {}

    def _pause(self, address: str) -> None:
        host = place_of(address)[1]
        if host in self._last_asked:
            since = self._clock() - self._last_asked[host]
            if since < self.recipe.pause:
                self._wait(self.recipe.pause - since)
        self._last_asked[host] = self._clock()

    def _content(self, response: requests.Response, started: float, address: str) -> bytes:
        content = bytearray()
        # read1 gives what has come; read would let a portal drip byte by byte without end.
        while piece := response.raw.read1(65_536, decode_content=True):
            content += piece
            if len(content) > self._limits.bytes:
                raise self.error(
                    Unreadable,
                    address,
                    f"ส่งไฟล์ใหญ่เกิน {self._limits.bytes:,} ไบต์ จึงหยุดรับ กรุณาตรวจที่อยู่ในไฟล์กำหนดพอร์ทัล",
                    f"sends more than {self._limits.bytes:,} bytes, so we stopped: check the address in the recipe",
                )
            if self._clock() - started > self._limits.seconds:
                raise requests.Timeout
        return bytes(content)

    def _trouble(self, error: Exception, address: str) -> _Trouble:
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            raise self.error(
                WrongSettings,
                address,
                "ใช้ใบรับรองที่ไม่น่าเชื่อถือ กรุณาตรวจที่อยู่ หรือระบุใบรับรองของหน่วยงานที่ ca_file",
                "shows a certificate that is not trusted: check the address, or name your own authority in ca_file",
            )
        if isinstance(error, ValueError):  # what requests raises before anything is sent
            raise self.error(
                WrongSettings,
                address,
                "มีที่อยู่ พร็อกซี หรือความลับที่ส่งไม่ได้ กรุณาตรวจไฟล์กำหนดพอร์ทัล",
                "has an address, proxy or secret that cannot be sent: check the recipe",
            )
        return _Trouble(next(words for kind, words in _CAUSES if isinstance(error, kind)))

    def _readable_ca_file(self, ca_file: str) -> str:
        try:
            ssl.create_default_context(cafile=ca_file)
        except OSError:  # ssl.SSLError is one
            raise self.error(
                WrongSettings,
                self.recipe.address,
                f"ใช้ไฟล์ใบรับรอง {ca_file} ไม่ได้ กรุณาตรวจ ca_file",
                f"cannot be asked: the certificate file {ca_file} is missing or wrong: check ca_file",
            ) from None
        return ca_file


def _failed(answer: Answer) -> Words:
    return Words(f"ขัดข้องชั่วคราว (รหัส {answer.status})", f"is in trouble (status {answer.status})")
