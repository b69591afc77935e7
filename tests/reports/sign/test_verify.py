"""Verifying: whatever was changed is found, far from settings, database and network."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from reports.release import Release
from reports.sign.approvals import approval_line, sha256_text, signed
from reports.sign.ledger import LEDGER, approvals_file
from reports.sign.verify import ALTERED, HOLDS, UNSIGNED, verify
from tests.reports.sign.signing import (
    CLERK,
    KNOWN,
    OFFICER,
    Person,
    everything,
    sign_by_two,
    write_release,
)

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All releases, one of them signed by two."""
    releases = tmp_path_factory.mktemp("releases")
    sign_by_two(write_release(releases), "ตรวจแล้ว")
    return releases


@pytest.fixture
def away(home: Path, tmp_path: Path) -> Path:
    """The signed release as it travels: its folder and its approvals, without the ledger."""
    shutil.copytree(home / "751NH", tmp_path / "a" / "b")
    return tmp_path / "a" / "b" / "2566-1" / "v1"


def lines(folder: Path) -> list[bytes]:
    return approvals_file(folder).read_bytes().splitlines(keepends=True)


def told(folder: Path) -> str:
    return " ".join(check.words.en for check in verify(folder).checks if check.holds is not True)


def test_a_signed_release_holds_at_home_and_away(home: Path, away: Path) -> None:
    assert verify(home / "751NH/2566-1/v1", KNOWN).code == HOLDS
    assert verify(away, KNOWN).code == HOLDS


def test_every_check_speaks_both_languages(away: Path) -> None:
    (away / "extra.txt").write_text("x")
    for check in verify(away).checks:
        assert any("ก" <= letter <= "๛" for letter in check.words.th)
        assert check.words.en != check.words.th


@given(st.data())
def test_any_changed_byte_is_found(home: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    files = everything(home)
    name = data.draw(st.sampled_from(sorted(files)))
    content = bytearray(files[name])
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    folder = tmp_path_factory.mktemp("changed", numbered=True)
    for each, bytes_ in files.items():
        (folder / each).parent.mkdir(parents=True, exist_ok=True)
        (folder / each).write_bytes(bytes(content) if each == name else bytes_)
    assert verify(folder / "751NH/2566-1/v1").code == ALTERED
    if name != LEDGER:
        (folder / LEDGER).unlink()
        assert verify(folder / "751NH/2566-1/v1").code == ALTERED


@given(st.data())
def test_any_byte_put_in_or_taken_out_of_the_approvals_is_found(
    home: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("longer") / "x" / "y" / "v1"
    shutil.copytree(home / "751NH/2566-1", folder.parent, dirs_exist_ok=True)
    content = approvals_file(folder).read_bytes()
    place = data.draw(st.integers(0, len(content) - 1))
    put = data.draw(st.one_of(st.none(), st.sampled_from([b" ", b"\n", b"\r", b"{", b"0", b"\x00", b"a"])))
    approvals_file(folder).write_bytes(content[:place] + (put or b"") + content[place + (put is None) :])
    assert verify(folder).code == ALTERED


def test_a_release_that_nobody_signed_is_unaltered_but_unsigned(tmp_path: Path) -> None:
    folder = write_release(tmp_path)
    assert verify(folder).code == UNSIGNED
    assert "not signed yet by the preparer and the approver" in told(folder)
    assert "nobody signed manifest.json" in told(folder)


def test_without_its_approvals_a_release_is_unsigned_away_and_altered_at_home(away: Path, tmp_path: Path) -> None:
    approvals_file(away).unlink()
    assert verify(away).code == UNSIGNED
    assert f"there is no {approvals_file(away).name} beside the folder" in told(away)
    folder = sign_by_two(write_release(tmp_path))
    approvals_file(folder).unlink()
    assert verify(folder).code == ALTERED


def test_a_file_changed_together_with_the_manifest_is_found(away: Path) -> None:
    (away / "report.html").write_bytes(b"<p>1.00</p>")
    manifest = json.loads((away / "manifest.json").read_bytes())
    manifest["files"]["report.html"]["sha256"] = sha256_text(b"<p>1.00</p>")
    (away / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False), "utf-8")
    assert verify(away).code == ALTERED
    assert "manifest.json was changed after signing" in told(away)


@pytest.mark.parametrize("order", [[1, 0], [1], [0, 0, 1], [0, 1, 1], [0, 1, 0]])
def test_approvals_moved_removed_or_repeated_are_found(away: Path, order: list[int]) -> None:
    before = lines(away)
    approvals_file(away).write_bytes(b"".join(before[each] for each in order))
    assert verify(away).code == ALTERED
    assert "chain of approvals is broken" in told(away)


def test_the_last_approval_removed_leaves_it_not_signed_off(away: Path) -> None:
    approvals_file(away).write_bytes(lines(away)[0])
    assert verify(away).code == UNSIGNED


def test_approvals_of_another_release_do_not_count(away: Path, tmp_path: Path) -> None:
    other = sign_by_two(write_release(tmp_path / "other", figure="1.00"))
    shutil.copy(approvals_file(other), approvals_file(away))
    assert verify(away).code == ALTERED
    assert "approval of another release" in told(away)


def test_a_changed_comment_is_found_even_in_a_chain_made_anew(away: Path) -> None:
    first, second = verify(away).approvals
    changed = approval_line(type(first)(**{**asdict(first), "comment": "ไม่ได้ตรวจ"}))
    last = signed(type(second)(**{**asdict(second), "previous": sha256_text(changed)}), CLERK.key)
    approvals_file(away).write_bytes(changed + b"\n" + approval_line(last) + b"\n")
    assert verify(away).code == ALTERED
    assert OFFICER.name in told(away)


def test_a_signer_whose_key_is_not_at_hand_is_not_called_a_forger(away: Path) -> None:
    assert verify(away, {OFFICER.name: KNOWN[OFFICER.name]}).code == UNSIGNED
    said = [check.words.en for check in verify(away, {}).checks if check.holds is not True]
    assert said == [f"no public key of {name} to compare with ({name}.pub)" for name in (OFFICER.name, CLERK.name)]


def test_when_it_was_signed_is_told_as_people_here_tell_it(away: Path) -> None:
    assert "20 เมษายน 2566 เวลา 09:00 น." in "".join(check.words.th for check in verify(away).checks)


def test_other_keys_under_the_same_names_are_found_by_who_knows_the_keys_or_the_ledger(tmp_path: Path) -> None:
    folder = write_release(tmp_path)
    others = [Person(each.name, Ed25519PrivateKey.generate()) for each in (OFFICER, CLERK)]
    others[0].sign(folder, "preparer")
    others[1].sign(folder, "approver")
    assert verify(folder).code == HOLDS  # whom a key belongs to is what --trust is for
    assert verify(folder, KNOWN).code == ALTERED
    forged = approvals_file(folder).read_bytes()
    approvals_file(folder).unlink()
    (tmp_path / LEDGER).unlink()
    sign_by_two(folder)
    approvals_file(folder).write_bytes(forged)
    assert verify(folder).code == ALTERED


def test_upper_case_signatures_are_no_second_spelling(away: Path) -> None:
    content = approvals_file(away).read_bytes()
    signature = verify(away).approvals[1].signature.encode()
    approvals_file(away).write_bytes(content.replace(signature, signature.upper()))
    assert verify(away).code == ALTERED


def test_a_file_too_many_or_too_few_and_a_link_are_found(away: Path) -> None:
    (away / "more.pdf").write_bytes(b"x")
    assert "more.pdf does not belong" in told(away)
    (away / "more.pdf").unlink()
    assert verify(away).code == HOLDS
    (away / "report.pdf").rename(away.parent / "elsewhere.pdf")
    assert "report.pdf is missing" in told(away)
    (away / "report.pdf").symlink_to(away.parent / "elsewhere.pdf")
    assert verify(away).code == ALTERED


def test_an_old_version_under_a_newer_name_is_found(away: Path) -> None:
    approvals_file(away).rename(away.parent / "v2.approvals.jsonl")
    later = away.rename(away.parent / "v2")
    assert verify(later).code == ALTERED
    assert "holds what is v1" in told(later)


@pytest.mark.parametrize(
    "manifest", [b"", b"[]", b"{}", b"\xff", b"[" * 100_000, b'{"release":1}', b'{"release":"x","files":[]}']
)
def test_what_is_no_manifest_is_altered_not_a_crash(away: Path, manifest: bytes) -> None:
    (away / "manifest.json").write_bytes(manifest)
    assert verify(away).code == ALTERED


@pytest.mark.parametrize("name", ["../secret", "/etc/hostname", "a//b"])
def test_a_manifest_cannot_name_files_outside_its_folder(tmp_path: Path, name: str) -> None:
    folder = write_release(tmp_path)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    manifest["files"][name] = {"sha256": "0" * 64, "size": 1}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    assert verify(folder).code == ALTERED
    assert "cannot be read" in told(folder)


def test_the_release_of_the_example_is_signed_and_holds(example: Release, tmp_path: Path) -> None:
    folder = tmp_path / "751NH" / "2566-1" / "v1"
    shutil.copytree(example.folder, folder)
    sign_by_two(folder)
    assert verify(folder, KNOWN).code == HOLDS


def test_verify_runs_elsewhere_without_settings_and_starts_nothing_heavy(away: Path, tmp_path: Path) -> None:
    heavy = {"prefect", "great_expectations", "pandas", "numpy", "sqlalchemy", "typst", "pydantic", "jinja2", "fsspec"}
    program = (
        "import sys; from flows.cli import main; code = main(sys.argv[1:]);"
        f"print(sorted({heavy!r} & sys.modules.keys())); sys.exit(code)"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PRONGSAI")}
    for expected in (HOLDS, ALTERED):
        done = subprocess.run(
            [sys.executable, "-c", program, "verify", str(away)],
            cwd=tmp_path,
            env=environment | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
        )
        assert (done.returncode, done.stdout.splitlines()[-1]) == (expected, "[]"), done.stderr
        assert ("ลงนามครบสองคน" in done.stdout, "signed off by two people" in done.stdout) == (True, True)
        (away / "report.pdf").write_bytes(b"changed")
