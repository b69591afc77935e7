"""Alerts, really sent: to a mail server and a web address on this machine, and to ones that are down."""

import base64
import datetime
import email.policy
import http.server
import json
import logging
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MailHandler
from aiosmtpd.smtp import AuthResult, LoginPassword
from sqlalchemy import text

from flows.server import free_port
from flows.watch.alerts import Target, send, targets_of, tell
from flows.watch.wrong import Wrong
from tests.loopback import listening
from warehouse.store.connection import Warehouse, open_warehouse
from warehouse.store.outbox import Message
from warehouse.store.transactions import reading
from warehouse.vocabulary.errors import Words, WrongSettings

# Apprise shims a module that Python 3.13 has no more.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

START = datetime.datetime(2023, 4, 20, 2, 30, tzinfo=datetime.UTC)
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
LATE = Wrong(
    "report 2566-1",
    "15",
    Words("รายงานรอบ 6 เดือน ยังไม่มี 5,000 หน่วยงาน", "5,000 reports not made"),
    Words("ต้องทำ: สั่ง prongsai run", "To do: prongsai run"),
).message
DISK = Message("disk /", "low", "พื้นที่ดิสก์ใกล้เต็ม", "ต้องทำ: ลบไฟล์ที่ไม่ใช้")
SECRET = "s3cr3t-p@ss/+"
QUOTED = "s3cr3t-p%40ss%2F%2B"


class Kept(MailHandler):
    """A mail handler that keeps what came."""

    def __init__(self) -> None:
        super().__init__(EmailMessage)
        self.mails: list[EmailMessage] = []

    def prepare_message(self, session, envelope):  # type: ignore[no-untyped-def]
        return email.message_from_bytes(envelope.content, policy=email.policy.default)

    def handle_message(self, message):  # type: ignore[no-untyped-def]
        self.mails.append(message)


class Mailbox(Controller):
    """A mail server of this machine that takes one password."""

    def __init__(self, port: int) -> None:
        self.kept = Kept()
        super().__init__(self.kept, "127.0.0.1", port, authenticator=self.knows, auth_require_tls=False)

    def knows(self, server, session, envelope, mechanism, said) -> AuthResult:  # type: ignore[no-untyped-def]
        right = isinstance(said, LoginPassword) and said.password.decode() == SECRET
        return AuthResult(success=right, handled=False)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    server = Mailbox(free_port())
    server.start()
    yield server
    if server.server is not None:
        server.stop()


@pytest.fixture
def webhook() -> Iterator[tuple[str, list[dict]]]:
    """The address of a web server, and what was posted to it."""
    came: list[dict] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            came.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200 if self.path == "/good" else 403)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with listening(Handler) as address:
        yield address.replace("http", "json"), came


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return open_warehouse(f"sqlite:///{tmp_path / 'warehouse.db'}")


def mail_target(port: int) -> Target:
    return Target("mail", f"mailto://clerk:{QUOTED}@127.0.0.1:{port}?from=a@example.go.th&to=b@example.go.th")


def told(warehouse: Warehouse, *standing: Message, targets: list[Target], now: datetime.datetime) -> tuple[int, dict]:
    return tell(warehouse, standing, targets, now=now, repeat_after=DAY)


def test_a_mail_says_in_thai_and_english_what_is_wrong_and_what_to_do(warehouse: Warehouse, mailbox: Mailbox):
    assert told(warehouse, LATE, targets=[mail_target(mailbox.port)], now=START) == (1, {})
    [mail] = mailbox.kept.mails
    assert mail["Subject"] == "[โปร่งใส] รายงานรอบ 6 เดือน ยังไม่มี 5,000 หน่วยงาน / 5,000 reports not made"
    body = mail.get_body(("plain",)).get_content()
    assert body.index("ต้องทำ: สั่ง prongsai run") < body.index("To do: prongsai run")
    assert told(warehouse, targets=[mail_target(mailbox.port)], now=START + HOUR) == (1, {})
    assert mailbox.kept.mails[1]["Subject"].startswith("[โปร่งใส] แก้ไขแล้ว / Resolved: รายงานรอบ 6 เดือน")


def test_a_target_that_is_down_holds_up_no_other_and_hears_all_once_it_is_back(
    warehouse: Warehouse, webhook: tuple[str, list[dict]]
):
    address, came = webhook
    port = free_port()
    targets = [mail_target(port), Target("web", f"{address}/good")]
    sent, failed = told(warehouse, LATE, DISK, targets=targets, now=START)
    assert (sent, list(failed)) == (2, ["mail"])
    assert [one["title"] for one in came] == [f"[โปร่งใส] {LATE.title}", f"[โปร่งใส] {DISK.title}"]
    assert told(warehouse, LATE, DISK, targets=targets, now=START + HOUR / 60) == (0, {})  # not time yet
    back = Mailbox(port)
    back.start()
    try:
        assert told(warehouse, LATE, targets=targets, now=START + HOUR) == (4, {})
    finally:
        back.stop()
    subjects = [mail["Subject"].removeprefix("[โปร่งใส] ") for mail in back.kept.mails]
    assert subjects == [LATE.title, DISK.title, f"แก้ไขแล้ว / Resolved: {DISK.title}"]


def test_secrets_stand_in_no_log_no_error_and_not_in_the_warehouse(
    warehouse: Warehouse,
    mailbox: Mailbox,
    webhook: tuple[str, list[dict]],
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
):
    caplog.set_level(logging.DEBUG)
    address, _ = webhook
    wrong = mail_target(mailbox.port).address.replace("s3cr3t", "wr0ng")
    refused = address.replace("//", f"//user:{QUOTED}@") + "/t0ken-in-path?+X-Key=k3y-in-header"
    written = [wrong, refused, f"slack://{'T' * 9}/{'B' * 9}/{'c' * 24}"]
    targets = targets_of(written[:2], {}, Path())
    sent, failed = told(warehouse, LATE, targets=targets, now=START)
    assert sent == 0 and len(failed) == 2
    assert [one.name.partition(":")[0] for one in targets] == ["mailto", "json"]
    with reading(warehouse) as connection:
        rows = str(connection.execute(text("SELECT * FROM outbox")).all())
    shown = capfd.readouterr()
    everything = [rows, repr(targets), repr(failed), caplog.text, shown.out, shown.err]
    for secret in ("s3cr3t", "wr0ng", QUOTED, "t0ken", "k3y", base64.b64encode(b"clerk").decode()):
        assert [one for one in everything if secret in one] == []


def test_targets_are_named_by_where_their_address_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "line.txt").write_text("json://127.0.0.1/token\n", encoding="utf-8")
    (tmp_path / "line.txt").chmod(0o600)
    found = targets_of(["env:MAIL", "file:line.txt"], {"MAIL": "mailto://a:b@example.go.th"}, tmp_path)
    assert [one.name for one in found] == ["env:MAIL", "file:line.txt"]
    assert [one.address for one in found] == ["mailto://a:b@example.go.th", "json://127.0.0.1/token"]


@pytest.mark.parametrize("written", ["env:NONE", "file:none.txt", "nothing-known://s3cr3t", "file:open.txt"])
def test_a_target_that_cannot_be_used_is_a_wrong_setting_that_names_no_secret(written: str, tmp_path: Path):
    (tmp_path / "open.txt").write_text("json://127.0.0.1/s3cr3t", encoding="utf-8")
    (tmp_path / "open.txt").chmod(0o644)
    with pytest.raises(WrongSettings) as raised:
        targets_of([written], {}, tmp_path)
    assert "s3cr3t" not in raised.value.words.th + raised.value.words.en


def test_every_service_of_the_documents_is_one_that_apprise_knows():
    written = [
        "mailtos://clerk:pass@mail.example.go.th?to=chief@example.go.th",
        f"line://{'a' * 60}/{'U' + '1' * 32}",
        "workflows://example.webhook.office.com:443/workflow/signature/",
        "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ",
        "jsons://alerts.example.go.th/hook",
    ]
    assert len(targets_of(written, {}, Path())) == len(written)


def test_sending_says_why_it_failed():
    assert send(Target("web", f"json://127.0.0.1:{free_port()}/x"), LATE)
