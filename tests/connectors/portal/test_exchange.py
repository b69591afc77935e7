"""An answer is told apart as file or page, and named; a page gives its forms and links."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.portal.exchange import Answer
from connectors.portal.page import Page, read_page

AT = "https://portal.example.go.th/reports/list.aspx"


def answer(content: bytes = b"PK", address: str = AT, **headers: str) -> Answer:
    return Answer(address, 200, {name.replace("_", "-"): value for name, value in headers.items()}, content)


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="elaas 2566.xlsx"', "elaas 2566.xlsx"),
        ("attachment; filename=elaas.xls; size=3", "elaas.xls"),
        ("attachment; filename=\"x.xls\"; filename*=UTF-8''%E0%B8%87%E0%B8%9A.xls", "งบ.xls"),
        ("attachment; filename*=windows-874''%A7%BA.xls", "งบ.xls"),
        ('attachment; filename="%E0%B8%87%E0%B8%9A.xls"', "งบ.xls"),
        ('attachment; filename="งบ.xls"'.encode().decode("latin-1"), "งบ.xls"),
        ('attachment; filename="งบ.xls"'.encode("cp874").decode("latin-1"), "งบ.xls"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename="C:\\\\Users\\\\a\\\\elaas.xls"', "elaas.xls"),
        ('attachment; filename="a:b|c?\u200bd.xls"'.encode().decode("latin-1"), "a_b_c__d.xls"),
        ('attachment; filename=".."', "report"),
        ("attachment", "list.aspx"),
        ("", "list.aspx"),
    ],
)
def test_a_file_has_the_name_that_the_portal_gives_and_never_a_path(disposition: str, name: str) -> None:
    assert answer(Content_Disposition=disposition).file_name() == name


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://a.go.th/x/%E0%B8%87%E0%B8%9A.xls?y=1", "งบ.xls"),
        ("https://a.go.th/x/%2e%2e%2fy", "y"),
        ("https://a.go.th/a.xls;jsessionid=1F", "a.xls;___"),
        ("https://a.go.th", "report"),
    ],
)
def test_a_file_without_a_name_is_named_by_its_address(address: str, name: str) -> None:
    assert answer(address=address).file_name() == name


@given(st.text(st.characters(max_codepoint=0xFF)))
def test_no_header_makes_a_name_a_path(said: str) -> None:
    name = answer(Content_Disposition=f"attachment; filename={said}").file_name()
    assert name.isprintable()
    assert name.strip(" .") == name != ""
    assert not set(name) & set('/\\<>:"|?*')


@pytest.mark.parametrize(
    ("content", "headers", "is_page"),
    [
        (b"<html>", {"Content_Type": "text/html; charset=utf-8"}, True),
        (b"\xef\xbb\xbf\r\n <!DOCTYPE html>", {}, True),
        (b"PK\x03\x04", {"Content_Type": "text/html"}, False),
        (b"<table>", {"Content_Type": "application/vnd.ms-excel"}, False),
        (b"<table>", {"Content_Type": "text/html", "Content_Disposition": "Attachment; filename=a.xls"}, False),
        (b"{}", {"Content_Type": "application/problem+json"}, True),
        (b"a,b", {"Content_Type": "text/csv"}, False),
    ],
)
def test_a_page_is_told_from_a_file(content: bytes, headers: dict[str, str], is_page: bool) -> None:
    assert (answer(content, **headers).page() is not None) is is_page


@pytest.mark.parametrize("piece", ["<!--", "<a ", "<![CDATA[", "<script>", "<a x='", "<", "&", "\0"])
def test_a_page_that_never_ends_is_read_as_far_as_it_goes(piece: str) -> None:
    page = read_page(b"<title>x</title><a href=y>" + piece.encode() * (100_000 // len(piece)), AT)
    assert page.title == "x"


def test_an_empty_page_holds_nothing() -> None:
    assert read_page(b"", AT) == Page()


def test_a_page_of_old_thai_windows_gives_title_links_and_forms() -> None:
    page = read_page(
        """<TITLE> รายงาน
        รอบ ๖ เดือน</TITLE><a name=top><a href="a b.xls ">x</a><A HREF='/งบ.xls'>y</A><a href="javascript:go()">z</a>
        <form action="http://[broken"><input name=q></form>
        <form><input type=HIDDEN name=v value="a&amp;b"><input type=hidden name=empty><select name=year></select>
        <textarea name=t></textarea><button name=go></button><input type=checkbox></form><input name=outside>""".encode(
            "cp874"
        ),
        AT,
    )
    assert page.title == "รายงาน รอบ ๖ เดือน"
    assert page.links == ["https://portal.example.go.th/reports/a b.xls", "https://portal.example.go.th/งบ.xls"]
    (form,) = page.forms
    assert form.action == AT
    assert form.hidden == {"v": "a&b", "empty": ""}
    assert form.names == {"v", "empty", "year", "t", "go"}
    assert page.form_with({"year", "go"}) is form
    assert page.form_with({"outside"}) is None
    assert not page.asks_password
