"""A portal is visited as its recipe says; each fault has its answer, and no answer holds a secret."""

import gzip
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
import trustme

from connectors.fetched import Fetched
from connectors.limits import Limits
from warehouse.vocabulary.errors import NotReady, ProngsaiError, Unreachable, Unreadable, WrongSettings

from .conftest import BY_ADDRESS, FORM_LOGIN, Visitor
from .loopback import ERROR, LOGIN, MODIFIED, PASSWORD, TOKEN, Handler, Portal, running

Declared = Callable[..., Visitor]
BY_LIST = """
[files]
kind = "list"
page = "list?year={fiscal_year}"
links = '/files/(?P<organisation>\\w+)/\\w+\\.xlsx'
"""
BASIC = '[login]\nkind = "basic"\nuser = "env:PORTAL_USER"\npassword = "env:PORTAL_PASSWORD"\n'
BEARER = '[login]\nkind = "bearer"\ntoken = "env:PORTAL_TOKEN"\n'


def test_the_form_is_sent_with_its_hidden_fields_and_the_files_come(portal: Portal, visitor: Declared) -> None:
    answers = visitor().fetch()
    assert answers == [
        Fetched(
            f"PK\x03\x04 /export ['{code}'] ['2566'] ['1']".encode(),
            "งบ.xlsx",
            f"{portal.address}export?year=2566&half=1&org={code}",
            "portal",
            code,
            (f"{portal.address}export?year=2566&half=1&org={code}", {"ETag": portal.etag, "Last-Modified": MODIFIED}),
        )
        for code in ("00123", "751E0", "751NH")
    ]
    assert portal.logins == 1
    assert portal.asked()[:3] == ["GET /login", "POST /login", "GET /home"]


@pytest.mark.parametrize("login", [BASIC, BEARER])
def test_basic_and_bearer_go_with_each_request(visitor: Declared, login: str) -> None:
    assert [type(answer) for answer in visitor("\n" + login + BY_ADDRESS).fetch()] == [Fetched] * 3


def test_linked_files_are_fetched_once_each_and_only_ours(portal: Portal, visitor: Declared) -> None:
    answers = visitor(FORM_LOGIN + BY_LIST).fetch("751NH", "00123", "99999")
    assert [answer.organisation for answer in answers if isinstance(answer, Fetched)] == ["00123", "751NH"]
    assert portal.asked()[3:] == [
        "GET /list?year=2566",
        "GET /files/00123/elaas.xlsx?v=1",
        "GET /files/751NH/elaas.xlsx?v=1",
    ]


def test_a_list_for_each_organisation_tells_whose_its_files_are(visitor: Declared) -> None:
    tables = FORM_LOGIN + '[files]\nkind = "list"\npage = "list?org={organisation}"\nlinks = "files"\n'
    answers = visitor(tables).fetch("00123", "751NH")
    assert [answer.organisation for answer in answers if isinstance(answer, Fetched)] == ["00123", "751NH"]


def test_a_link_to_an_unencrypted_place_is_refused(portal: Portal, visitor: Declared) -> None:
    portal.faults.extend([None, page('<a href="http://portal.invalid/files/751NH/a.xlsx">x</a>')])
    answer = visitor(FORM_LOGIN + BY_LIST).one()
    assert isinstance(answer, WrongSettings)
    assert "another or an unencrypted place" in str(answer)


def test_an_address_that_gives_access_is_neither_shown_nor_remembered(portal: Portal, visitor: Declared) -> None:
    tables = FORM_LOGIN + '[files]\nkind = "list"\npage = "list"\nlinks = "files"\n'
    links = page('<a href="files/1/a.xlsx?sig=c0ffee">x</a><a href="nowhere/files?sig=c0ffee">x</a>')
    portal.faults.extend([None, links])
    visit = visitor(tables)
    fetched, missing = visit.fetch()
    assert isinstance(fetched, Fetched)
    assert fetched.origin == f"{portal.address}files/1/a.xlsx?sig=***"
    assert isinstance(missing, NotReady)
    assert "c0ffee" not in visit.said()
    assert visit.known == {}


def test_a_list_without_a_fitting_link_is_told(visitor: Declared) -> None:
    (answer,) = visitor(FORM_LOGIN + BY_LIST.replace("xlsx", "ods")).fetch()
    assert isinstance(answer, NotReady)
    assert "no link that fits" in str(answer)


def test_a_form_is_posted_with_the_hidden_fields_of_its_page(portal: Portal, visitor: Declared) -> None:
    tables = FORM_LOGIN + (
        '[files]\nkind = "address"\naddress = "export"\nmethod = "POST"\nform_page = "form"\n'
        'fields = { year = "{fiscal_year}", org = "{organisation}" }\n'
    )
    visit = visitor(tables)
    answers = visit.fetch("751E0")
    assert [answer.content for answer in answers if isinstance(answer, Fetched)] == [
        b"PK\x03\x04 /export ['751E0'] ['2566'] None"
    ]
    assert visit.known == {}
    assert portal.seen[-1][3] == {"__VIEWSTATE": ["state of s1"], "year": ["2566"], "org": ["751E0"]}


def test_a_form_page_without_the_declared_fields_is_a_wrong_setting(visitor: Declared) -> None:
    tables = FORM_LOGIN + (
        '[files]\nkind = "address"\naddress = "export"\nmethod = "POST"\nform_page = "form"\nfields = { month = "3" }\n'
    )
    answer = visitor(tables).fetch()[0]
    assert isinstance(answer, WrongSettings)
    assert "has no form with month" in str(answer)


def test_a_secret_in_the_query_is_sent_but_never_shown(portal: Portal, visitor: Declared) -> None:
    visit = visitor('\n[files]\nkind = "address"\naddress = "export?org=1"\nfields = { key = "env:PORTAL_TOKEN" }\n')
    answer = visit.fetch()[0]
    assert isinstance(answer, Fetched)
    assert answer.origin == f"{portal.address}export?org=1&key=***"
    assert list(visit.known) == [f"{portal.address}export?org=1 key=env%3APORTAL_TOKEN"]


def test_what_did_not_change_is_not_fetched_again(portal: Portal, visitor: Declared) -> None:
    visit = visitor()
    assert len(visit.fetch()) == 3
    assert visit.fetch() == []
    portal.etag = '"2"'
    assert len(visit.fetch()) == 3


def test_a_portal_that_only_dates_its_files_is_asked_by_the_date(portal: Portal, visitor: Declared) -> None:
    def dated(handler: Handler) -> None:
        is_known = handler.headers["If-Modified-Since"] == MODIFIED
        handler.answer(304, b"") if is_known else handler.file(b"PK", Last_Modified=MODIFIED)

    portal.faults.extend([None, dated, None, dated])
    visit = visitor()
    assert isinstance(visit.one(), Fetched)
    assert visit.fetch("751NH") == []


def test_a_file_tells_the_version_by_which_it_is_known_from_then_on(portal: Portal, visitor: Declared) -> None:
    (answer,) = visitor().fetch("751NH")
    assert isinstance(answer, Fetched)
    assert answer.version == (answer.origin, {"ETag": portal.etag, "Last-Modified": MODIFIED})


def test_what_could_not_be_had_is_not_remembered(portal: Portal, visitor: Declared) -> None:
    portal.faults.extend([None, lambda handler: handler.answer(404, b"", ETag='"1"')])
    visit = visitor()
    assert isinstance(visit.one(), NotReady)
    assert visit.known == {}


def test_requests_to_one_host_keep_their_distance(visitor: Declared) -> None:
    visit = visitor(pause="1.5")
    visit.fetch("751NH")
    assert visit.waits == [1.5, 1.5, 1.5]


def test_another_host_is_not_kept_waiting(portal: Portal, visitor: Declared) -> None:
    elsewhere = portal.address.replace("127.0.0.1", "localhost") + "elsewhere"
    portal.faults.extend([None, fail(302, Location=elsewhere), lambda handler: handler.file(b"PK")])
    visit = visitor(pause="1.5")
    assert isinstance(visit.one(), Fetched)
    assert (len(portal.seen), visit.waits) == (5, [1.5, 1.5, 1.5])


def fail(status: int, **headers: str) -> Callable[[Handler], None]:
    return lambda handler: handler.answer(status, b"<html>trouble</html>", **headers)


def page(text: str, **headers: str) -> Callable[[Handler], None]:
    return lambda handler: handler.html(text, **headers)


def truncated(handler: Handler) -> None:
    handler.answer(200, b"PK\x03\x04", Content_Length="1000")


def silent(handler: Handler) -> None:
    handler.portal.released.wait(10)


def dripping(handler: Handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    handler.close_connection = True
    for _ in range(5000):
        handler.wfile.write(b"x")
        handler.portal.released.wait(0.001)


def endless(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.close_connection = True
    for _ in range(5000):
        handler.wfile.write(b"10000\r\n" + bytes(0x10000) + b"\r\n")


AGAIN = [fail(500), fail(503), Handler.reset, truncated, fail(429)]


@pytest.mark.parametrize("fault", AGAIN)
def test_what_may_pass_is_tried_again_and_later_each_time(portal: Portal, visitor: Declared, fault: object) -> None:
    portal.faults.extend([None, fault, fault])  # type: ignore[list-item]
    visit = visitor(pause="0")
    assert isinstance(visit.one(), Fetched)
    assert visit.waits == [1.0, 2.0]


@pytest.mark.parametrize(("chance", "waits"), [(0.0, [0.5, 1.0]), (0.75, [1.25, 2.5])])
def test_many_who_try_again_do_not_all_come_at_once(
    portal: Portal, visitor: Declared, chance: float, waits: list[float]
) -> None:
    portal.faults.extend([None, fail(503), fail(503)])
    visit = visitor(pause="0")
    visit.chance = chance
    assert isinstance(visit.one(), Fetched)
    assert visit.waits == waits


@pytest.mark.parametrize(
    ("fault", "cause"),
    [
        (fail(500), "is in trouble (status 500)"),
        (fail(429), "is in trouble (status 429)"),
        (Handler.reset, "broke off"),
        (truncated, "broke off"),
    ],
)
def test_what_does_not_pass_is_out_of_reach(portal: Portal, visitor: Declared, fault: object, cause: str) -> None:
    portal.faults.extend([None, fault, fault, fault])  # type: ignore[list-item]
    answer = visitor().one()
    assert isinstance(answer, Unreachable)
    assert f"จังหวัด ({portal.address}export?year=2566&half=1&org=751NH) {cause}" in str(answer).replace(
        "cannot be connected to, or ", ""
    )
    assert "กรุณาลองใหม่ภายหลัง" in answer.words.th
    assert len(portal.seen) == 6


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({"Retry-After": "Fri, 31 Mar 2023 10:01:30 GMT", "Date": "Fri, 31 Mar 2023 10:01:00 GMT"}, 30.0),
        ({"Retry-After": "Fri, 31 Mar 2023 09:00:00 GMT", "Date": "Fri, 31 Mar 2023 10:01:00 GMT"}, 1.0),
        ({"Retry-After": "soon"}, 1.0),
    ],
)
def test_the_portal_says_how_long_to_wait(
    portal: Portal, visitor: Declared, headers: dict[str, str], seconds: float
) -> None:
    def busy(handler: Handler) -> None:
        handler.send_response_only(429)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    portal.faults.extend([None, busy])
    visit = visitor(pause="0")
    assert isinstance(visit.one(), Fetched)
    assert visit.waits == [seconds]


def test_a_portal_that_asks_for_hours_is_left_for_next_time(portal: Portal, visitor: Declared) -> None:
    portal.faults.extend([None, fail(503, Retry_After="3600")])
    visit = visitor(pause="0")
    assert isinstance(visit.one(), Unreachable)
    assert visit.waits == []


@pytest.mark.parametrize(
    ("status", "kind"), [(400, WrongSettings), (404, NotReady), (410, NotReady), (422, WrongSettings)]
)
def test_what_is_not_there_is_asked_for_once(
    portal: Portal, visitor: Declared, status: int, kind: type[ProngsaiError]
) -> None:
    portal.faults.extend([None, fail(status)])
    answers = visitor().fetch("751E0", "751NH")
    assert [type(answer) for answer in answers] == [kind, Fetched]
    assert f"status {status}" in str(answers[0])
    assert len(portal.seen) == 5


def test_a_forbidden_file_is_told_and_the_rest_goes_on(portal: Portal, visitor: Declared) -> None:
    portal.faults.extend([None, fail(403)])
    answers = visitor().fetch()
    assert [type(answer) for answer in answers] == [WrongSettings, Fetched, Fetched]
    assert "refuses us (status 403)" in str(answers[0])


def test_a_wrong_password_is_sent_once_only(portal: Portal, visitor: Declared) -> None:
    portal.password = "another"
    (answer,) = visitor().fetch()
    assert isinstance(answer, WrongSettings)
    assert "กรุณาตรวจชื่อผู้ใช้ รหัสผ่าน" in answer.words.th
    assert portal.logins == 1


def test_a_login_page_without_the_declared_fields_is_a_wrong_setting(visitor: Declared) -> None:
    (answer,) = visitor(FORM_LOGIN.replace("user =", "username =") + BY_ADDRESS).fetch()
    assert isinstance(answer, WrongSettings)
    assert "has no login form with password, username" in str(answer)


def test_a_password_is_never_sent_where_a_login_form_leads_elsewhere(portal: Portal, visitor: Declared) -> None:
    portal.login_action = portal.address.replace("127.0.0.1", "localhost") + "login"
    (answer,) = visitor().fetch()
    assert isinstance(answer, WrongSettings)
    assert "another or an unencrypted place" in str(answer)
    assert portal.asked() == ["GET /login"]


@pytest.mark.parametrize("end", ["cookie", "401"])
def test_a_session_that_expires_is_opened_again(portal: Portal, visitor: Declared, end: str) -> None:
    def expire(handler: Handler) -> None:
        portal.sessions.clear()
        handler.answer(401, b"") if end == "401" else handler.answer(302, b"", Location="/login")

    portal.faults.extend([None, None, expire])
    answers = visitor().fetch()
    assert [type(answer) for answer in answers] == [Fetched] * 3
    assert portal.logins == 2


def test_a_login_page_in_place_of_each_file_is_told_and_ends_the_visit(portal: Portal, visitor: Declared) -> None:
    portal.faults.extend([None, *[page(LOGIN)] * 9])
    answers = visitor().fetch("1", "2", "3", "4", "5")
    assert [type(answer) for answer in answers] == [Unreadable] * 3
    assert "gave a login page in place of the file" in str(answers[0])
    assert portal.logins == 1


def test_an_error_page_in_place_of_a_file_is_told_with_its_title(portal: Portal, visitor: Declared) -> None:
    portal.faults.extend([None, page(ERROR)])
    answers = visitor().fetch()
    assert [type(answer) for answer in answers] == [Unreadable, Fetched, Fetched]
    assert "gave a web page in place of the file (ระบบขัดข้อง กรุณาติดต่อผู้ดูแล)" in str(answers[0])


def test_a_spreadsheet_written_as_html_is_a_file(portal: Portal, visitor: Declared) -> None:
    portal.faults.extend([None, page(ERROR, Content_Disposition="attachment; filename=report.xls")])
    answer = visitor().one()
    assert isinstance(answer, Fetched)
    assert answer.file_name == "report.xls"


def test_a_report_may_come_as_a_web_page_where_the_recipe_says_so(portal: Portal, visitor: Declared) -> None:
    portal.faults.extend([None, page(ERROR)])
    assert isinstance(visitor(FORM_LOGIN + BY_ADDRESS + "web_pages = true\n").one(), Fetched)


def test_an_error_in_json_is_no_file(portal: Portal, visitor: Declared) -> None:
    portal.faults.extend([None, lambda handler: handler.answer(200, b"{}", Content_Type="application/json")])
    assert isinstance(visitor().one(), Unreadable)


def test_a_silent_portal_is_given_up(portal: Portal, visitor: Declared) -> None:
    portal.faults.extend([None, silent, silent])
    answer = visitor(timeout="0.1", tries="2").one()
    assert isinstance(answer, Unreachable)
    assert "did not answer in time" in str(answer)


def test_a_portal_that_drips_is_given_up(portal: Portal, visitor: Declared) -> None:
    portal.faults.extend([None, dripping])
    visit = visitor(tries="1")
    visit.seconds_a_look = 10.0
    answer = visit.one()
    assert isinstance(answer, Unreachable)
    assert "did not answer in time" in str(answer)


def test_an_endless_file_is_stopped_at_the_limit(portal: Portal, visitor: Declared) -> None:
    portal.faults.extend([None, endless])
    visit = visitor()
    visit.limits = Limits(bytes=200_000)
    answer = visit.one()
    assert isinstance(answer, Unreadable)
    assert "more than 200,000 bytes" in str(answer)


@pytest.mark.parametrize(("limit", "kind"), [(3_000_000, Fetched), (2_999_999, Unreadable)])
def test_a_packed_file_is_measured_unpacked(portal: Portal, visitor: Declared, limit: int, kind: type) -> None:
    packed = gzip.compress(bytes(3_000_000))
    portal.faults.extend([None, lambda handler: handler.file(packed, Content_Encoding="gzip")])
    visit = visitor()
    visit.limits = Limits(bytes=limit)
    answer = visit.one()
    assert type(answer) is kind
    assert not isinstance(answer, Fetched) or answer.content == bytes(3_000_000)


def test_a_redirect_loop_is_told(portal: Portal, visitor: Declared) -> None:
    portal.faults.extend([None, *[fail(302, Location="/round")] * 20])
    answer = visitor().one()
    assert isinstance(answer, WrongSettings)
    assert "redirects in a circle" in str(answer)
    assert len(portal.seen) == 13


@pytest.mark.parametrize("login", [FORM_LOGIN, "\n" + BASIC, "\n" + BEARER])
def test_a_redirect_to_another_host_takes_no_credentials_along(portal: Portal, visitor: Declared, login: str) -> None:
    elsewhere = portal.address.replace("127.0.0.1", "localhost") + "elsewhere"
    send = [fail(302, Location=elsewhere), lambda handler: handler.file(b"PK")]
    portal.faults.extend([None, *send] if login == FORM_LOGIN else send)
    answer = visitor(login + BY_ADDRESS).one()
    assert isinstance(answer, Fetched)
    assert answer.origin == elsewhere
    _, path, headers, _ = portal.seen[-1]
    assert path == "/elsewhere"
    assert "Authorization" not in headers
    assert "Cookie" not in headers
    assert {"Authorization", "Cookie"} & set(portal.seen[-2][2])


@pytest.mark.parametrize(
    "location", ["http://127.0.0.1:1/x", "ftp://127.0.0.1/x", "http://[", "https://u:p@localhost/"]
)
def test_a_redirect_to_no_safe_place_is_refused(portal: Portal, visitor: Declared, location: str) -> None:
    location = location.replace("127.0.0.1:1", "portal.invalid")
    portal.faults.extend([None, fail(302, Location=location)])
    answer = visitor().one()
    assert isinstance(answer, WrongSettings)
    assert "another or an unencrypted place" in str(answer)


def test_a_secret_in_an_address_that_the_portal_makes_of_it_is_not_said(portal: Portal, visitor: Declared) -> None:
    portal.faults.extend([None, fail(302, Location=f"/of/{quote(PASSWORD, safe='')}/x"), fail(404)])
    answer = visitor().one()
    assert isinstance(answer, NotReady)
    assert f"{portal.address}of/***/x" in str(answer)


def test_a_form_is_never_sent_on_to_another_host(portal: Portal, visitor: Declared) -> None:
    elsewhere = portal.address.replace("127.0.0.1", "localhost")
    portal.faults.extend([None, fail(307, Location=elsewhere)])
    tables = FORM_LOGIN + '[files]\nkind = "address"\naddress = "export"\nmethod = "POST"\nfields = { org = "1" }\n'
    answer = visitor(tables).one()
    assert isinstance(answer, WrongSettings)
    assert len(portal.seen) == 4


def test_an_unknown_authority_is_not_trusted(portal: Portal, visitor: Declared, tmp_path: Path) -> None:
    trustme.CA().cert_pem.write_to_path(str(tmp_path / "another.pem"))
    (answer,) = visitor(ca_file='"another.pem"').fetch()
    assert isinstance(answer, WrongSettings)
    assert "certificate that is not trusted" in str(answer)
    assert portal.seen == []


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_wrong_file_of_certificates_is_told(visitor: Declared, tmp_path: Path, content: str | None) -> None:
    if content:
        (tmp_path / "wrong.pem").write_text(content)
    (answer,) = visitor(ca_file='"wrong.pem"').fetch()
    assert isinstance(answer, WrongSettings)
    assert str(tmp_path / "wrong.pem") in str(answer)


def test_a_portal_that_is_not_there_is_out_of_reach(visitor: Declared) -> None:
    answers = visitor("\n" + BY_ADDRESS, address='"https://127.0.0.1:9/"', tries="1").fetch("1", "2", "3", "4", "5")
    assert [type(answer) for answer in answers] == [Unreachable] * 3  # the third is raised: the portal is down


def test_the_proxy_is_asked_and_its_password_kept(visitor: Declared) -> None:
    visit = visitor("\n" + BY_ADDRESS, proxy='"env:PORTAL_TOKEN"', tries="1")
    answer = visit.fetch("1")[0]
    assert isinstance(answer, ProngsaiError)
    assert TOKEN not in str(answer)


def test_a_plain_portal_without_login_is_fine_and_a_proxy_may_stand_before_it(visitor: Declared) -> None:
    with running(None) as proxy:
        proxy.faults.append(lambda handler: handler.file(b"PK"))
        visit = visitor("\n" + BY_ADDRESS, address='"http://portal.invalid/"', proxy=f'"{proxy.address}"')
        answer = visit.one()
        assert isinstance(answer, Fetched)
        assert proxy.asked() == ["GET http://portal.invalid/export?year=2566&half=1&org=751NH"]


def test_the_environment_of_the_machine_has_no_say(
    portal: Portal, visitor: Declared, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9/")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere")
    assert isinstance(visitor().one(), Fetched)


def test_addresses_are_logged_without_their_query(
    portal: Portal, visitor: Declared, caplog: pytest.LogCaptureFixture
) -> None:
    visitor('\n[files]\nkind = "address"\naddress = "export"\nfields = { key = "env:PORTAL_TOKEN" }\n').fetch()
    assert '"GET /export?*** HTTP/1.1" 200' in caplog.text
