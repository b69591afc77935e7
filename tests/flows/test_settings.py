"""The settings file: what it gives, and how plainly it is refused."""

import re
from pathlib import Path

import pytest

from flows.cli import main
from flows.settings import Settings, read_settings
from warehouse.vocabulary.errors import WrongSettings


def test_paths_are_from_the_folder_of_the_file(example: Path):
    settings = read_settings(example / "prongsai.toml")
    assert settings.path(settings.inbox) == example / "inbox"
    assert settings.warehouse_url == f"sqlite:///{example}/.prongsai/warehouse.db"


def test_the_environment_wins_and_a_database_password_is_masked(example: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PRONGSAI_DATABASE_URL", "postgresql+psycopg://prongsai:s3cret@localhost/prongsai")
    settings = read_settings(example / "prongsai.toml")
    assert settings.warehouse_url.startswith("postgresql+psycopg://prongsai:s3cret@")
    assert "s3cret" not in repr(settings) and "s3cret" not in str(settings)


ORGANISATION = "[[organisation]]\ncode = 'a'\nname = 'b'\ndistrict = 'c'\nprovince = 'd'\n"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("inbox = [", "prongsai.toml"),
        ("inboxx = 'a'", "inboxx"),
        ("[[organisation]]\ncode = '751NH'", "name"),
        ("[[organisation]]\ncode = 75100\nname='a'\ndistrict='b'\nprovince='c'", "code"),
        ("settle_seconds = 'soon'", "settle_seconds"),
        ("escalte = ['x']", "there is no setting escalte; the nearest is escalate"),
        ("digits = 'roman'", "digits must be 'mixed', 'thai' or 'arabic'"),
        (ORGANISATION + "digits = 'thai'", r"digits stands below \[\[organisation\]\]"),
    ],
)
def test_a_wrong_setting_is_named(text: str, named: str, tmp_path: Path):
    path = tmp_path / "prongsai.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WrongSettings, match=named):
        read_settings(path)


def test_organisations_of_a_province_stand_in_a_csv_whose_codes_stay_text(tmp_path: Path):
    (tmp_path / "prongsai.toml").write_text('organisations = "o.csv"', encoding="utf-8")
    lines = "code,name,district,province\n751E0,ก,ข,ค\n00123,ง,จ,ฉ\n"
    (tmp_path / "o.csv").write_text(lines, encoding="utf-8-sig")
    settings = read_settings(tmp_path / "prongsai.toml")
    assert [one.code for one in settings.all_organisations()] == ["751E0", "00123"]


@pytest.mark.parametrize(
    "lines", ["751E0,ก,ข,ค\n751E0,ง,จ,ฉ\n", ",ก,ข,ค\n", "751E0,ก,ข\n", "751E0,ก,ข,ค,ง\n", "751E0,ก,,ค\n"]
)
def test_a_line_of_organisations_that_cannot_be_told_apart_is_named(lines: str, tmp_path: Path):
    (tmp_path / "prongsai.toml").write_text('organisations = "o.csv"', encoding="utf-8")
    (tmp_path / "o.csv").write_text(f"code,name,district,province\n00001,ก,ข,ค\n{lines}", encoding="utf-8-sig")
    with pytest.raises(WrongSettings, match=rf"o\.csv.*{2 + lines.count(chr(10))}"):
        read_settings(tmp_path / "prongsai.toml").all_organisations()


DECISIONS = {
    "corrections": "source='elaas'\nhalf=1\ncell='I6'\nprinted='1.00'\nright='2.00'\nreason='ก'",
    "confirmations": "source='elaas'\nhalf=1\nrows_before=2\nrows=1\nreason='ก'",
    "comments": "source='elaas'\nhalf=1\nrule='history.rows_gone'\ncomment='ก'",
    "matches": "project='ก'\nbudget_line='ข'",
}
FILES = {"matches": "crosswalk.toml"}
TABLES = {"matches": "match"}


@pytest.mark.parametrize("kind", DECISIONS)
def test_a_decision_on_an_organisation_that_is_not_there_is_named_and_not_passed_over(kind: str, tmp_path: Path):
    (tmp_path / "prongsai.toml").write_text(
        '[[organisation]]\ncode = "751NH"\nname = "ก"\ndistrict = "ข"\nprovince = "ค"\n', encoding="utf-8"
    )
    path = tmp_path / FILES.get(kind, f"{kind}.toml")
    head = f"[[{TABLES.get(kind, kind.removesuffix('s'))}]]\nfiscal_year=2566\nwho='ก'\nwhen=2023-04-20\n"
    path.write_text(f"{head}organisation='751NH'\n{DECISIONS[kind]}\n", encoding="utf-8")
    settings = read_settings(tmp_path / "prongsai.toml")
    assert len(getattr(settings, f"all_{kind}")()) == 1
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{head}organisation='751HN'\n{DECISIONS[kind]}\n")
    with pytest.raises(WrongSettings, match="2: organisation = '751HN'"):
        getattr(settings, f"all_{kind}")()


def test_no_settings_file_is_told_with_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["status", "--config", str(tmp_path / "none.toml")]) == 64
    assert "prongsai init" in capsys.readouterr().err


def test_init_writes_a_commented_file_that_reads_and_touches_no_existing_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["init", str(tmp_path / "new")]) == 0
    assert f"prongsai run --config {tmp_path / 'new/prongsai.toml'}" in capsys.readouterr().out
    settings = read_settings(tmp_path / "new/prongsai.toml")
    assert settings.path(settings.inbox).is_dir()
    assert main(["init", str(tmp_path / "new")]) == 64
    assert "prongsai.toml" in capsys.readouterr().err


def test_any_line_of_the_template_can_be_uncommented_where_it_stands(tmp_path: Path):
    assert main(["init", str(tmp_path)]) == 0
    path = tmp_path / "prongsai.toml"
    written = [line.removeprefix("# ") for line in path.read_text(encoding="utf-8").splitlines()]
    toml = [line for line in written if re.match(r"\w+ += |\[+\w+\]", line) and not line.startswith("organisations")]
    path.write_text("\n".join(toml), encoding="utf-8")
    settings = read_settings(path)
    assert (settings.sync_within_hours, [one.code for one in settings.all_organisations()]) == (12, ["751NH"])


def test_the_template_names_every_setting_and_reads_when_uncommented(tmp_path: Path):
    settings = set(Settings.model_fields) - {"folder", "organisation", "limits"}  # those are no single lines
    assert main(["init", str(tmp_path)]) == 0
    path = tmp_path / "prongsai.toml"
    lines = [line.removeprefix("# ") for line in path.read_text(encoding="utf-8").splitlines()]
    plain = [line for line in lines if " = " in line and line.split(" = ")[0] in settings]
    path.write_text("\n".join(line for line in plain if not line.startswith("organisations")), encoding="utf-8")
    assert read_settings(path).lang == "th"
    assert len(plain) == len(settings)
