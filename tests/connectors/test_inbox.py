"""The inbox lists what arrived, tells whose it is, and reads one file at a time."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors import inbox
from connectors.fetched import Fetched
from connectors.limits import Limits
from warehouse.vocabulary.errors import ProngsaiError, Unreachable, Unreadable, WrongSettings
from warehouse.vocabulary.records import Organisation

CODES = ("751NH", "751E0", "00123")
ORGANISATIONS = [Organisation(code, f"เทศบาลตำบล {code}", "เมือง", "ฉะเชิงเทรา") for code in CODES]
LIMITS = Limits()
LATER = 4_000_000_000.0  # long after any file of this test was written
needs_permissions = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="this user may read everything"
)


def put(folder: Path, name: str, content: bytes = b"PK") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def listed(folder: Path) -> list[inbox.Waiting]:
    return inbox.arrived(folder, ORGANISATIONS, now=LATER)


def told(folder: Path, name: str) -> tuple[str | None, tuple[str, ...]]:
    put(folder, name)
    (file,) = listed(folder)
    return file.organisation, file.others


def test_files_are_listed_by_path_however_deep(tmp_path: Path) -> None:
    for name in ("b.xlsx", "751NH/2566/elaas.xlsx", "751E0/plan.xls", "a.csv"):
        put(tmp_path, name)
    assert [file.path.relative_to(tmp_path).as_posix() for file in listed(tmp_path)] == [
        "751E0/plan.xls",
        "751NH/2566/elaas.xlsx",
        "a.csv",
        "b.xlsx",
    ]


@pytest.mark.parametrize(
    "name",
    (
        *(".hidden.xlsx", "~$elaas.xlsx", ".~lock.plan.ods#", ".prongsai/prongsai.db", "Thumbs.db", "desktop.ini"),
        *("elaas.xlsx.part", "elaas.xlsx.filepart", "elaas.xlsx.crdownload", "ELAAS.TMP"),
    ),
)
def test_what_programs_leave_behind_is_not_listed(tmp_path: Path, name: str) -> None:
    put(tmp_path, name)
    assert listed(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "organisation"),
    [
        ("751NH/งบประมาณ.xlsx", "751NH"),
        ("751E0/plan.xlsx", "751E0"),
        ("00123/plan.xlsx", "00123"),
        ("2566/751NH เทศบาลตำบลคลองแสนแสบ/elaas.xlsx", "751NH"),
        ("751NH_elaas.xlsx", "751NH"),
        ("elaas-751e0-2566.xlsx", "751E0"),
        ("รายงาน00123รอบ6เดือน.pdf", "00123"),
        ("001234.xlsx", None),
        ("elaas_751E.xlsx", None),
        ("elaas.751NH", None),
        ("งบประมาณ.xlsx", None),
    ],
)
def test_folder_or_name_tells_the_organisation(tmp_path: Path, name: str, organisation: str | None) -> None:
    assert told(tmp_path, name) == (organisation, ())


def test_the_folder_wins_over_the_name_and_the_clash_is_told(tmp_path: Path) -> None:
    assert told(tmp_path, "751NH/751E0_elaas.xlsx") == ("751NH", ("751E0",))


def test_two_codes_in_one_name_decide_nothing(tmp_path: Path) -> None:
    assert told(tmp_path, "751E0_751NH.xlsx") == (None, ("751E0", "751NH"))


def test_two_codes_in_the_folders_decide_nothing_even_beside_a_name(tmp_path: Path) -> None:
    assert told(tmp_path, "751NH/751E0/00123.xlsx") == (None, ("751NH", "751E0", "00123"))


def test_the_place_of_the_inbox_itself_tells_nothing(tmp_path: Path) -> None:
    assert told(tmp_path / "751NH", "elaas.xlsx") == (None, ())


@given(st.text(st.characters(categories=["Lo", "Mn"]), max_size=8), st.sampled_from(CODES))
def test_a_code_among_thai_letters_is_found(words: str, code: str) -> None:
    assert inbox._told(Path(f"ก{words}{code}{words}.xlsx"), {code: code}) == (code, ())


def test_a_file_copied_just_now_waits_though_it_kept_its_old_date(tmp_path: Path) -> None:
    path = put(tmp_path, "elaas.xlsx")
    os.utime(path, (0, 0))
    arrived_at = path.stat().st_ctime
    soon, later = (inbox.arrived(tmp_path, [], now=arrived_at + seconds, settled_after=5) for seconds in (4.9, 5.1))
    assert [file.settled for file in soon + later] == [False, True]
    (answer,) = inbox.read(soon, LIMITS)
    assert isinstance(answer, Unreachable)
    assert "still being copied" in str(answer)
    (answer,) = inbox.read(later, LIMITS)
    assert isinstance(answer, Fetched)


def test_a_date_far_in_the_future_does_not_wait_for_ever(tmp_path: Path) -> None:
    path = put(tmp_path, "elaas.xlsx")
    buddhist_clock = LATER + 300 * 365 * 86_400
    os.utime(path, (buddhist_clock, buddhist_clock))
    assert [file.settled for file in listed(tmp_path)] == [True]


def test_a_file_is_read_as_it_stands_and_stays_where_it_is(tmp_path: Path) -> None:
    path = put(tmp_path, "751NH/งบประมาณ ๒๕๖๖.xlsx", b"PK\x03\x04 bytes")
    assert list(inbox.read(listed(tmp_path), LIMITS)) == [
        Fetched(b"PK\x03\x04 bytes", "งบประมาณ ๒๕๖๖.xlsx", str(path), "inbox", "751NH")
    ]
    assert path.read_bytes() == b"PK\x03\x04 bytes"


def test_files_are_read_one_at_a_time_when_asked_for(tmp_path: Path) -> None:
    first, second = put(tmp_path, "1.xlsx"), put(tmp_path, "2.xlsx", b"two")
    answers: Iterator[Fetched | ProngsaiError] = inbox.read(listed(tmp_path), LIMITS)
    assert isinstance(next(answers), Fetched)
    second.unlink()
    gone = next(answers)
    assert isinstance(gone, Unreachable)
    assert str(second) in str(gone)
    assert str(first) not in str(gone)


def test_a_file_that_vanished_or_changed_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    vanished, changed, kept = (put(tmp_path, f"{number}.xlsx") for number in (1, 2, 3))
    files = listed(tmp_path)
    vanished.unlink()
    changed.write_bytes(b"longer than before")
    answers = list(inbox.read(files, LIMITS))
    assert [str(answer).split(": ")[0] for answer in answers[:2]] == [
        f"{vanished} is gone",
        f"{changed} is still being copied or changed",
    ]
    assert answers[2] == Fetched(b"PK", "3.xlsx", str(kept), "inbox", None)


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    put(tmp_path, "film.mp4", bytes(11))
    (answer,) = inbox.read(listed(tmp_path), Limits(bytes=10))
    assert isinstance(answer, Unreadable)
    assert answer.words.th.endswith("กรุณาส่งเฉพาะรายงาน")
    assert "too large (11 bytes, at most 10)" in answer.words.en


@needs_permissions
def test_what_may_not_be_read_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    secret, closed = put(tmp_path, "secret.xlsx"), put(tmp_path, "closed/x.xlsx").parent
    put(tmp_path, "zz.xlsx")
    secret.chmod(0)
    closed.chmod(0)
    try:
        answers = list(inbox.read(listed(tmp_path), LIMITS))
    finally:
        closed.chmod(0o700)
    assert [isinstance(answer, Unreachable) for answer in answers] == [True, True, False]
    assert f"{closed} may not be read" in str(answers[0])


def test_a_folder_that_could_not_be_opened_is_told_with_its_reason(tmp_path: Path) -> None:
    denied = inbox.Waiting(tmp_path / "751NH", 0, 0.0, True, "751NH", (), PermissionError(13, "Permission denied"))
    (answer,) = inbox.read([denied], LIMITS)
    assert isinstance(answer, Unreachable)
    assert "ไม่มีสิทธิ์อ่าน" in answer.words.th


def test_links_are_not_followed(tmp_path: Path) -> None:
    outside = put(tmp_path, "outside/secret.xlsx")
    folder = tmp_path / "inbox"
    folder.mkdir()
    try:
        (folder / "file.xlsx").symlink_to(outside)
        (folder / "folder").symlink_to(outside.parent, target_is_directory=True)
        (folder / "round").symlink_to(folder, target_is_directory=True)
    except OSError:
        pytest.skip("this user may not make links")
    assert listed(folder) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_what_is_no_file_is_not_listed(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    assert listed(tmp_path) == []


def test_a_missing_inbox_is_a_wrong_setting(tmp_path: Path) -> None:
    for folder in (tmp_path / "nowhere", put(tmp_path, "file.txt")):
        with pytest.raises(WrongSettings, match="There is no inbox folder") as raised:
            listed(folder)
        assert str(folder) in raised.value.words.th


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_a_name_in_old_thai_code_is_read_as_thai_on_one_line(tmp_path: Path) -> None:
    name = "งบ\nเดือน.xls".encode("cp874")
    (tmp_path / os.fsdecode(name)).write_bytes(b"PK")
    (answer,) = inbox.read(listed(tmp_path), LIMITS)
    assert isinstance(answer, Fetched)
    assert answer.file_name == "งบ?เดือน.xls"
    assert answer.origin == str(tmp_path / "งบ?เดือน.xls")


@pytest.mark.parametrize(
    ("place", "via"),
    [("751NH/a.xlsx", "inbox"), ("751NH/manual/a.xlsx", "hand"), ("จัดทำเอง/a.xlsx", "hand"), ("manual.xlsx", "inbox")],
)
def test_a_folder_tells_that_a_workbook_was_kept_by_hand(tmp_path: Path, place: str, via: str):
    (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / place).write_bytes(b"x")
    [fetched] = inbox.read(inbox.arrived(tmp_path, (), now=LATER), Limits())
    assert isinstance(fetched, Fetched) and fetched.via == via
