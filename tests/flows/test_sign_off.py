"""prongsai signer, approve, verify, publish and diff: from a report to the web, and a correction after it."""

import datetime
import json
from pathlib import Path

import pytest

from flows.cli import main
from tests.reports.sign.signing import write_release
from tests.reports.sign.web import served

Printed = pytest.CaptureFixture[str]
ID = "751NH-2566-1-v1"
PREPARER, APPROVER = "นักวิเคราะห์นโยบายและแผน", "ปลัดเทศบาล"


@pytest.fixture
def config(reported: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Settings of an example whose report is made and whose two signers have keys."""
    monkeypatch.setenv("PRONGSAI_PASSPHRASE", "ยาวพอสำหรับกุญแจ")
    config = ["--lang", "en", "--config", str(reported / "prongsai.toml")]
    assert [main([*config, "signer", "add", name]) for name in (PREPARER, APPROVER)] == [0, 0]
    return config


def sign(config: list[str], release: str, comment: str = "") -> None:
    command = [*config, "approve", release, "--comment", comment]
    assert main([*command, "--as", PREPARER, "--role", "preparer"]) == 0
    assert main([*command, "--as", APPROVER, "--role", "approver"]) == 0


def test_from_a_report_to_the_web_and_a_correction_after_it(example: Path, config: list[str], capsys: Printed) -> None:
    web, trust = str(example / "web"), str(example / ".prongsai" / "signers")
    shelf = example / "releases/751NH/2566-1"
    assert main([*config, "publish", ID, "--to", web]) == 1
    assert "not signed yet" in capsys.readouterr().err
    assert main([*config, "status", "--period", "2566-1"]) == 0
    assert f"prongsai approve {ID} --as" in capsys.readouterr().out
    assert main([*config, "verify", str(shelf / "v1")]) == 3
    sign(config, ID)
    assert main([*config, "verify", str(shelf / "v1"), "--trust", trust]) == 0
    assert main([*config, "verify", str(shelf / "v1"), "--trust", f"{trust}x"]) == 64  # mistyped is not forged
    assert main([*config, "verify", str(shelf / "v7")]) == 64
    assert main([*config, "publish", ID, "--to", web]) == 0
    assert main([*config, "publish", ID, "--to", web]) == 1
    assert "already" in capsys.readouterr().err
    Path(web, "751NH/2566-1/v1/report.pdf").unlink()
    assert main([*config, "publish", ID, "--to", web]) == 0
    assert "what was missing there is put back" in capsys.readouterr().out
    assert main(["verify", f"{web}/751NH/2566-1/latest", "--trust", trust, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["release"] == ID

    (example / "words" / "751NH.toml").write_text('[measure.1]\nowner = "กองช่าง"\n', "utf-8")
    other = str(example / "other")
    assert main([*config, "publish", ID, "--to", other]) == 1
    assert "751NH-2566-1-v2; sign that one" in capsys.readouterr().err
    assert main([*config, "diff", "751NH-2566-1-v2", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["previous"], told["cut_off"], told["last_year"]) == (ID, None, None)
    assert [one["en"] for one in told["others"]] == ["the organisation's words"]
    sign(config, "751NH-2566-1-v2", "แก้ชื่อหน่วยงานรับผิดชอบ")
    assert main([*config, "publish", "751NH-2566-1-v2", "--to", web]) == 0
    assert sorted(path.name for path in (example / "web/751NH/2566-1").iterdir() if path.is_dir()) == [
        "latest",
        "v1",
        "v2",
    ]


def test_what_was_checked_by_older_rules_is_not_published_until_it_is_checked_anew(
    example: Path, config: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    sign(config, ID)
    monkeypatch.setattr("flows.job.READING_VERSION", 1000)
    publish = [*config, "publish", ID, "--to", str(example / "web")]
    assert main(publish) == 1
    said = capsys.readouterr().err
    assert "older rules" in said and "elaas, eplannacc" in said and "prongsai sync" in said
    assert not (example / "web").exists()
    assert main([*config, "sync"]) == 0
    assert main(publish) == 0


def test_what_a_correction_made_that_was_taken_back_since_is_not_published(
    example: Path, config: list[str], capsys: Printed
) -> None:
    corrections = example / "corrections.toml"
    before = corrections.read_text("utf-8")
    said = {"cell": "F6", "printed": "รอรายงาน", "right": "อยู่ระหว่างดำเนินการ", "reason": "x", "who": "x"}
    written = ["[[correction]]", 'organisation = "751NH"', 'source = "eplannacc"', "fiscal_year = 2566", "half = 1"]
    written += [f'{name} = "{value}"' for name, value in said.items()] + ["when = 2023-04-12"]
    corrections.write_text("\n".join([before, *written]), "utf-8")
    make = [*config, "report", "--organisation", "751NH", "--fiscal-year", "2566", "--half", "1"]
    assert [main([*config, "sync"]), main(make)] == [0, 0]
    corrections.write_text(before, "utf-8")
    assert main([*config, "sync"]) == 0  # these bytes were judged without it already
    sign(config, "751NH-2566-1-v2")
    assert main([*config, "publish", "751NH-2566-1-v2", "--to", str(example / "web")]) == 1
    assert "correction was taken back" in capsys.readouterr().err


def test_where_to_publish_stands_in_the_settings_the_environment_or_a_file_of_the_owner(
    example: Path, config: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    sign(config, ID)
    assert main([*config, "publish", ID]) == 64
    assert "publish_to" in capsys.readouterr().err
    monkeypatch.setenv("SITE", str(example / "web"))
    assert main([*config, "publish", ID, "--to", "env:SITE"]) == 0
    assert (example / "web/751NH/2566-1/latest/report.html").is_file()
    (example / "site.secret").write_text("memory://secret-user:s3cret@site/reports\n", "utf-8")
    (example / "site.secret").chmod(0o600)
    for written in ("file:site.secret", "other", (example / "third").as_uri()):
        monkeypatch.setenv("PRONGSAI_PUBLISH_TO", written)
        assert main([*config, "publish", ID]) == 0, written
    assert all((example / name / "751NH/2566-1/v1/report.pdf").is_file() for name in ("other", "third"))
    said = capsys.readouterr()
    assert "at memory://site/reports" in said.out and "s3cret" not in said.out + said.err
    assert "s3cret" not in (example / "releases/LEDGER.jsonl").read_text("utf-8")


def test_what_is_published_by_the_settings_is_read_back_from_the_address_that_they_name(
    example: Path, config: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    sign(config, ID)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setenv("PRONGSAI_PUBLISH_TO", "web")
    monkeypatch.setenv("PRONGSAI_PUBLISH_ADDRESS", "http://127.0.0.1:1/reports")  # nobody answers there
    assert main([*config, "publish", ID]) == 1
    assert "http://127.0.0.1:1/reports/751NH" in capsys.readouterr().err
    assert "publication" not in (example / "releases/LEDGER.jsonl").read_text("utf-8")
    assert main([*config, "publish", ID, "--to", str(example / "other")]) == 0  # another place has another address
    with served(example / "web") as address:
        monkeypatch.setenv("PRONGSAI_PUBLISH_ADDRESS", address)
        assert main([*config, "publish", ID]) == 0
    assert "read back from the web the same" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("to", "named"), [("sftp://clerk:s3cret@host/web", "env:"), ("env:NONE", "env:NONE"), ("file:none", "file:none")]
)
def test_a_password_on_the_command_line_and_an_address_that_is_not_there_are_refused(
    example: Path, to: str, named: str, capsys: Printed
) -> None:
    assert main(["--lang", "en", "--config", str(example / "prongsai.toml"), "publish", ID, "--to", to]) == 64
    said = capsys.readouterr().err
    assert named in said and "s3cret" not in said


def test_a_finding_can_be_spoken_to_and_a_wrong_passphrase_signs_nothing(
    example: Path, config: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    as_preparer = [*config, "approve", ID, "--as", PREPARER, "--role", "preparer"]
    assert main([*as_preparer, "--note", "nonsense"]) == 64
    assert main([*as_preparer, "--note", "no.such.finding=words"]) == 64
    key = capsys.readouterr().err.rpartition(" ")[2].strip()
    monkeypatch.setenv("PRONGSAI_PASSPHRASE", "เดารหัสผ่านไปเรื่อย")
    assert main([*as_preparer, "--note", f"{key}=ทราบแล้ว"]) == 64
    monkeypatch.undo()
    monkeypatch.setenv("PRONGSAI_PASSPHRASE", "ยาวพอสำหรับกุญแจ")
    assert main([*as_preparer, "--note", f"{key}=ทราบแล้ว"]) == 0
    assert main(["verify", str(example / "releases/751NH/2566-1/v1")]) == 3
    assert "ทราบแล้ว" in capsys.readouterr().out


def test_who_could_sign_nothing_is_asked_for_no_passphrase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "prongsai.toml").write_text("", "utf-8")
    config = ["--lang", "en", "--config", str(tmp_path / "prongsai.toml")]
    write_release(tmp_path / "releases")
    monkeypatch.setenv("PRONGSAI_PASSPHRASE", "ยาวพอสำหรับกุญแจ")
    assert main([*config, "signer", "add", APPROVER]) == 0
    monkeypatch.delenv("PRONGSAI_PASSPHRASE")
    monkeypatch.setattr("flows.command.signer.getpass", pytest.fail)
    approve = [*config, "approve", "--role", "approver", "--as"]
    assert main([*approve, APPROVER, "751NH-2566-1-v9"]) == 64
    assert main([*approve, PREPARER, ID]) == 64
    assert main([*approve, APPROVER, ID]) == 1
    assert main([*config, "signer", "add", APPROVER]) == 1


def test_who_signs_for_a_period_that_is_not_over_hears_from_when_it_can_be_published(
    config: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    monkeypatch.setattr("flows.command.approve.now", lambda: datetime.datetime(2023, 3, 30, tzinfo=datetime.UTC))
    sign(config, ID)
    assert "it can be published from 2023-03-31 on" in capsys.readouterr().out


def test_what_was_signed_before_an_upgrade_is_published_after_it(
    example: Path, config: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    sign(config, ID)
    monkeypatch.setattr("reports.manifest.made_with", lambda: {"prongsai": "of another version"})
    assert main([*config, "report", "--organisation", "751NH", "--fiscal-year", "2566", "--half", "1"]) == 0
    assert f"release unchanged {ID}" in capsys.readouterr().out
    assert main([*config, "publish", ID, "--to", str(example / "web")]) == 0
    assert main([*config, "verify", str(example / "releases/751NH/2566-1/v1")]) == 0


def test_what_changed_is_told_and_written_as_a_page(example: Path, config: list[str], capsys: Printed) -> None:
    page = example / "เปลี่ยน.html"
    assert main([*config, "--lang", "th", "diff", ID, "--html", str(page)]) == 0
    printed = capsys.readouterr().out
    assert "เป็นฉบับแรก" in printed and "รอบเดียวกันของปีก่อน:\n  ไม่มีฉบับให้เทียบ" in printed
    assert ID in page.read_text("utf-8")
    assert main([*config, "diff", ID, "--html", str(example / "none" / "page.html")]) == 64
    assert "cannot be written" in capsys.readouterr().err


def test_a_release_that_is_not_there_is_told(config: list[str], capsys: Printed) -> None:
    assert main([*config, "diff", "751NH-2566-1-v9"]) == 64
    assert "751NH-2566-1-v9" in capsys.readouterr().err
