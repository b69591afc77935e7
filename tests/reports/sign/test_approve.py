"""Approving: two people, in turn, once each, and nothing lost when it is killed."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from reports.sign.approvals import Approval
from reports.sign.approve import approve
from reports.sign.ledger import LEDGER, approvals_file, read_ledger
from reports.sign.publish import publish
from reports.sign.verify import HOLDS, UNSIGNED, verify
from tests.reports.sign.signing import CLERK, KNOWN, NOW, OFFICER, Person, everything, sign_by_two, write_release
from warehouse.vocabulary.errors import Damaged, NotReady, WrongSettings


def test_two_people_sign_a_release_off(tmp_path: Path) -> None:
    folder = write_release(tmp_path)
    assert OFFICER.sign(folder, "preparer", "ตรวจแล้ว").previous == verify(folder).manifest_sha256
    assert verify(folder).code == UNSIGNED
    CLERK.sign(folder, "approver")
    assert verify(folder).code == HOLDS
    assert [(one.name, one.role) for one in verify(folder).approvals] == [
        (OFFICER.name, "preparer"),
        (CLERK.name, "approver"),
    ]


def test_the_release_itself_stays_as_it_was(tmp_path: Path) -> None:
    folder = write_release(tmp_path)
    before = everything(folder)
    sign_by_two(folder)
    assert everything(folder) == before


@pytest.mark.parametrize("other", [OFFICER, Person(CLERK.name, OFFICER.key), Person(OFFICER.name, CLERK.key)])
def test_one_person_cannot_be_both_by_name_or_by_key(tmp_path: Path, other: Person) -> None:
    folder = write_release(tmp_path)
    OFFICER.sign(folder, "preparer")
    with pytest.raises(NotReady, match="same person"):
        other.sign(folder, "approver")
    assert len(read_ledger(tmp_path)) == 1


def test_one_person_suffices_where_the_settings_say_so(tmp_path: Path) -> None:
    folder = write_release(tmp_path)
    OFFICER.sign(folder, "approver", sign_off="one")
    assert verify(folder).code == HOLDS
    assert "by one person" in " ".join(check.words.en for check in verify(folder).checks)


def test_the_approver_waits_for_the_preparer(tmp_path: Path) -> None:
    folder = write_release(tmp_path)
    with pytest.raises(NotReady, match="preparer"):
        CLERK.sign(folder, "approver")


def test_signing_again_changes_nothing(tmp_path: Path) -> None:
    folder = write_release(tmp_path)
    first = OFFICER.sign(folder, "preparer")
    before = everything(tmp_path)
    assert OFFICER.sign(folder, "preparer", now=lambda: NOW.replace(day=21)) == first
    assert everything(tmp_path) == before
    with pytest.raises(NotReady, match="has signed already"):
        OFFICER.sign(folder, "preparer", "something else")
    CLERK.sign(folder, "approver")
    with pytest.raises(NotReady):
        CLERK.sign(folder, "preparer")


def test_the_key_stays_locked_where_nothing_would_be_signed(tmp_path: Path) -> None:
    def unlocked() -> Ed25519PrivateKey:
        raise AssertionError("asked for the passphrase")

    def asked(**more: Any) -> Approval:
        said: dict[str, Any] = {"name": OFFICER.name, "role": "preparer", "comment": "", "comments": {}}
        return approve(folder, unlocked, **(said | {"sign_off": "two", "now": lambda: NOW} | more))

    folder = write_release(tmp_path)
    with pytest.raises(NotReady, match="cannot be approved yet"):
        asked(role="approver")
    with pytest.raises(WrongSettings, match="no finding"):
        asked(comments={"other": "x"})
    assert OFFICER.sign(folder, "preparer") == asked()
    with pytest.raises(NotReady, match="has signed already"):
        asked(comment="something else")
    write_release(tmp_path, 2)
    with pytest.raises(NotReady, match="v2 took the place"):
        asked(name=CLERK.name, role="approver")


def test_who_was_overtaken_while_typing_the_passphrase_signs_nothing(tmp_path: Path) -> None:
    folder = write_release(tmp_path)

    def unlocked() -> Ed25519PrivateKey:
        OFFICER.sign(folder, "preparer")
        return CLERK.key

    with pytest.raises(NotReady, match="has signed already"):
        CLERK.sign(folder, "preparer", unlocked=unlocked)
    assert [one.name for one in verify(folder).approvals] == [OFFICER.name]


def test_the_time_of_signing_is_when_the_passphrase_was_typed(tmp_path: Path) -> None:
    clock = [NOW]

    def unlocked() -> Ed25519PrivateKey:
        clock[0] = NOW.replace(day=21)
        return CLERK.key

    said: dict[str, Any] = {"role": "preparer", "comment": "", "comments": {}, "sign_off": "two"}
    done = approve(write_release(tmp_path), unlocked, name=CLERK.name, now=lambda: clock[0], **said)
    assert done.signed_at == NOW.replace(day=21).isoformat()


def test_a_comment_stands_beside_a_finding(tmp_path: Path) -> None:
    folder = write_release(tmp_path)
    OFFICER.sign(folder, "preparer", comments={"elaas:months_in_title:A2": "พิมพ์ผิด ยอดถูกต้อง"})
    told = [check.words.th for check in verify(folder).checks]
    assert any("๕ เดือน" in each and "พิมพ์ผิด ยอดถูกต้อง" in each for each in told)


def test_a_comment_on_no_finding_is_refused_with_those_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(WrongSettings, match="elaas:months_in_title:A2"):
        OFFICER.sign(write_release(tmp_path), "preparer", comments={"other": "x"})


def test_a_changed_release_cannot_be_signed(tmp_path: Path) -> None:
    folder = write_release(tmp_path)
    (folder / "report.html").write_bytes(b"other")
    with pytest.raises(Damaged, match=r"report\.html"):
        OFFICER.sign(folder, "preparer")
    assert read_ledger(tmp_path) == []


def test_a_version_whose_place_a_newer_one_took_is_not_signed(tmp_path: Path) -> None:
    first = write_release(tmp_path)
    OFFICER.sign(first, "preparer")
    second = write_release(tmp_path, 2)
    with pytest.raises(NotReady, match="751NH-2566-1-v2 took the place"):
        CLERK.sign(first, "approver")
    assert len(read_ledger(tmp_path)) == 1
    CLERK.sign(second, "preparer")


def test_a_correction_of_what_is_published_is_not_signed_without_a_reason(tmp_path: Path) -> None:
    first = sign_by_two(write_release(tmp_path / "releases"))
    publish(first, str(tmp_path / "web"), now=NOW, sign_off="two", known=KNOWN, current=lambda: first)
    second = write_release(tmp_path / "releases", 2, figure="5.00")
    with pytest.raises(NotReady, match="must say why, at signing"):  # once both have signed, nobody can say it
        OFFICER.sign(second, "preparer")
    OFFICER.sign(second, "preparer", "แก้ยอดเบิกจ่าย")
    CLERK.sign(second, "approver")
    assert verify(second).code == HOLDS


def test_killed_between_ledger_and_copy_the_next_step_mends_the_copy(tmp_path: Path) -> None:
    folder = write_release(tmp_path)
    OFFICER.sign(folder, "preparer")
    first = approvals_file(folder).read_bytes()
    CLERK.sign(folder, "approver")
    both = approvals_file(folder).read_bytes()
    approvals_file(folder).write_bytes(first)
    CLERK.sign(folder, "approver")
    assert approvals_file(folder).read_bytes() == both
    approvals_file(folder).unlink()
    CLERK.sign(folder, "approver")
    assert approvals_file(folder).read_bytes() == both
    assert len(read_ledger(tmp_path)) == 2


def test_a_line_that_a_killed_writer_left_unfinished_is_dropped(tmp_path: Path) -> None:
    folder = write_release(tmp_path)
    OFFICER.sign(folder, "preparer")
    whole = (tmp_path / LEDGER).read_bytes()
    (tmp_path / LEDGER).write_bytes(whole + b'{"kind":"appro')
    CLERK.sign(folder, "approver")
    assert (tmp_path / LEDGER).read_bytes().startswith(whole)
    assert verify(folder).code == HOLDS


def test_a_broken_ledger_takes_nothing_more(tmp_path: Path) -> None:
    folder = sign_by_two(write_release(tmp_path))
    lines = (tmp_path / LEDGER).read_bytes().splitlines(keepends=True)
    (tmp_path / LEDGER).write_bytes(lines[1])
    with pytest.raises(Damaged, match=f"{LEDGER}:1"):
        OFFICER.sign(write_release(tmp_path, 2), "preparer")
    assert folder.is_dir()


def test_many_at_once_make_one_chain(tmp_path: Path) -> None:
    folders = [write_release(tmp_path, code=f"751N{number}") for number in range(8)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(sign_by_two, folders))
    assert len(read_ledger(tmp_path)) == 16
    assert {verify(folder).code for folder in folders} == {HOLDS}
    assert json.loads((tmp_path / LEDGER).read_bytes().splitlines()[-1])["number"] == 16
