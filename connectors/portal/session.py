"""Signing in to a portal by its form, and telling a file from a login page or an error page."""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urljoin

from connectors.portal.address import place_of
from connectors.portal.connection import Connection
from connectors.portal.exchange import Answer, Asked
from connectors.portal.page import Page, read_page
from connectors.portal.recipe import FormLogin
from warehouse.vocabulary.errors import NotReady, ProngsaiError, Unreadable, WrongSettings

_Given = TypeVar("_Given")


class Session:
    """What a portal shows to those who signed in; signs in again, once, when a session that worked has expired."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._login = connection.recipe.login
        self._worked = self._expired = False

    @property
    def shut_out(self) -> bool:
        """Whether the last answer asked us to sign in."""
        return self._expired

    def sign_in(self) -> None:
        """Signed in, where the recipe says how by a form; raises WrongSettings if that is refused."""
        self._worked = self._expired = False
        if isinstance(self._login, FormLogin):
            self._send_form(self._login)

    def kept(self, step: Callable[[], _Given]) -> _Given:
        """What a step gives, if need be after signing in again."""
        try:
            return step()
        except ProngsaiError:
            if not (self._worked and self._expired and isinstance(self._login, FormLogin)):
                raise
        self.sign_in()
        return step()

    def file(self, asked: Asked) -> Answer:
        """A file; raises Unreadable for a page in place of it, unless reports come as web pages."""
        answer, page = self._opened(asked)
        if page and not self._connection.recipe.files.web_pages:
            said = f" ({page.title})" if page.title else ""
            raise self._connection.error(
                Unreadable,
                asked.address,
                f"ส่งหน้าเว็บมาแทนไฟล์{said} กรุณาเปิดที่อยู่นี้ดูว่าพอร์ทัลแจ้งอะไร",
                f"gave a web page in place of the file{said}: open the address and see what the portal says",
            )
        self._worked = True
        return answer

    def page(self, asked: Asked) -> Page:
        """A page with links or a form."""
        answer, _ = self._opened(asked)
        self._worked = True
        return read_page(answer.content, answer.address)

    def _opened(self, asked: Asked) -> tuple[Answer, Page | None]:
        answer = self._connection.answer(asked)
        page = answer.page()
        self._expired = answer.status == 401 or (page is not None and page.asks_password)
        if answer.status in (404, 410):
            raise self._connection.error(
                NotReady,
                answer.address,
                f"ไม่มีหน้านี้ (รหัส {answer.status}) กรุณารอให้พอร์ทัลลงรายงาน หรือแก้ที่อยู่ในไฟล์กำหนดพอร์ทัล",
                f"has no such page (status {answer.status}): wait until the report is there, or correct the address",
            )
        self._check_status(answer)
        if self._expired:
            raise self._connection.error(
                Unreadable,
                asked.address,
                "ส่งหน้าเข้าสู่ระบบมาแทนไฟล์ กรุณาตรวจ login ในไฟล์กำหนดพอร์ทัลและสิทธิ์ของบัญชี",
                "gave a login page in place of the file: check login in the recipe and what the account may see",
            )
        return answer, page

    def _send_form(self, login: FormLogin) -> None:
        connection = self._connection
        address = urljoin(connection.recipe.address, login.page)
        answer = connection.answer(Asked(address))
        self._check_status(answer)
        form = read_page(answer.content, answer.address).form_with(login.secret_fields)
        if form is None:
            names = ", ".join(sorted(login.secret_fields))
            raise connection.error(
                WrongSettings,
                address,
                f"ไม่มีแบบฟอร์มเข้าสู่ระบบที่มีช่อง {names} กรุณาแก้ login ในไฟล์กำหนดพอร์ทัล",
                f"has no login form with {names}: correct login in the recipe",
            )
        if place_of(form.action) != place_of(address):
            raise connection.leads_elsewhere(address)
        answer = connection.answer(Asked(form.action, "POST", login.fields, form.hidden))
        self._check_status(answer)
        page = answer.page()
        if page and page.form_with(login.secret_fields):
            raise self._refused(answer)

    def _check_status(self, answer: Answer) -> None:
        if answer.status in (401, 403):
            raise self._refused(answer)
        if not 200 <= answer.status < 300 and answer.status != 304:
            raise self._connection.error(
                WrongSettings,
                answer.address,
                f"ไม่มีหน้านี้หรือไม่รับคำขอ (รหัส {answer.status}) กรุณาตรวจที่อยู่ในไฟล์กำหนดพอร์ทัล",
                f"has no such page or takes no such request (status {answer.status}): check the address in the recipe",
            )

    def _refused(self, answer: Answer) -> WrongSettings:
        return self._connection.error(
            WrongSettings,
            answer.address,
            f"ไม่ให้เข้า (รหัส {answer.status}) กรุณาตรวจชื่อผู้ใช้ รหัสผ่าน และสิทธิ์ของบัญชี",
            f"refuses us (status {answer.status}): check user, password and what the account may see",
        )
