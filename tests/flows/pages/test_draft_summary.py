"""What people read before they sign: the draft's figures, findings, changes and links, and how to sign."""

from pathlib import Path
from typing import Literal

import pytest

from flows.cli import main
from flows.pages.draft_summary import after_sign_off, before_sign_off
from flows.release_state import sign_off_of
from flows.settings import Settings
from tests.reports.sign.signing import CLERK, OFFICER, sign_by_two, write_release
from warehouse.vocabulary.errors import Damaged, Words

pytestmark = pytest.mark.slow

ID = "751NH-2566-1-v1"
LACKING = Words("ยังไม่ได้ลงนามโดยผู้จัดทำ", "not signed by the preparer")


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the example's report, and a second version of it in other words."""
    from tests.conftest import EXAMPLE

    folder = tmp_path_factory.mktemp("example")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PRONGSAI_SETTLE_SECONDS", "0")
        for name in ("inbox", "corrections"):
            patched.setenv(f"PRONGSAI_{name.upper()}", str(EXAMPLE / (name if name == "inbox" else "corrections.toml")))
        (folder / "prongsai.toml").write_bytes((EXAMPLE / "prongsai.toml").read_bytes())
        config = ["--config", str(folder / "prongsai.toml")]
        report = ["report", "--organisation", "751NH", "--fiscal-year", "2566", "--half", "1"]
        assert main([*config, "sync"]) == 0
        assert main([*config, *report]) == 0
        (folder / "words").mkdir()
        (folder / "words/751NH.toml").write_text('[measure.1]\nowner = "กองช่าง"\n', "utf-8")
        assert main([*config, *report]) == 0
    return folder / "releases"


def _settings(releases: Path, sign_off: Literal["two", "one"] = "two") -> Settings:
    return Settings(releases=releases, sign_off=sign_off, pages_url="http://127.0.0.1:4201/")


def test_the_form_shows_figures_findings_links_and_how_to_sign(releases: Path):
    shown = before_sign_off(_settings(releases), {ID: LACKING}, again=False)
    for words in (
        "รอลงนาม 1 ฉบับ / To be signed: 1",
        "เทศบาลตำบลคลองแสนแสบ รอบ 6 เดือน ปีงบประมาณ 2566",
        "เบิกจ่าย / Disbursed: 3,822,121.63 บาท / baht",
        "ร้อยละการเบิกจ่าย / Percent disbursed: 45.00",
        "แจ้งให้ทราบ / info ",
        LACKING.in_both,
        "[pdf](http://127.0.0.1:4201/releases/751NH/2566-1/v1/report.pdf)",
        f'prongsai approve {ID} --role preparer --as "ชื่อ-สกุล"',
        "--role approver",
    ):
        assert words in shown
    assert "ยังไม่พบลายเซ็น" not in shown and "เปลี่ยนจาก" not in shown


def test_the_form_says_that_resuming_is_not_signing_what_changed_and_who_signs_where_one_does(releases: Path):
    shown = before_sign_off(_settings(releases, "one"), {"751NH-2566-1-v2": LACKING}, again=True)
    assert "ไม่ใช่การลงนาม" in shown and f"เปลี่ยนจาก {ID} 0 ค่า / Figures changed since {ID}: 0" in shown
    assert "--role approver" in shown and "--role preparer" not in shown


def test_what_could_not_be_made_is_told_first_and_to_the_end(releases: Path):
    shown = before_sign_off(_settings(releases), {ID: LACKING}, "ทำไม่ได้ 1 จาก 2 ฉบับ", again=False)
    assert shown.index("**ทำไม่ได้ 1 จาก 2 ฉบับ**") < shown.index(f"### {ID}")
    assert "**ทำไม่ได้ 1 จาก 2 ฉบับ**" in after_sign_off([ID], {ID: None}, "ทำไม่ได้ 1 จาก 2 ฉบับ")


def test_of_many_drafts_twenty_are_shown_and_the_rest_counted(tmp_path: Path, releases: Path):
    for number in range(25):
        shelf = tmp_path / f"{number:05}" / "2566-1"
        shelf.mkdir(parents=True)
        (shelf / "v1").symlink_to(releases / "751NH/2566-1/v1")
    shown = before_sign_off(_settings(tmp_path), {f"{n:05}-2566-1-v1": LACKING for n in range(25)}, again=False)
    assert shown.count("### ") == 20 and "และอีก 5 ฉบับ" in shown


def test_a_release_lacks_signatures_until_the_ledger_has_them(tmp_path: Path):
    folder = write_release(tmp_path)
    said = [str(sign_off_of(tmp_path, [ID], "two")[ID])]
    OFFICER.sign(folder, "preparer")
    said.append(str(sign_off_of(tmp_path, [ID], "two")[ID]))
    assert "preparer and the approver" in said[0] and "by the approver" in said[1]
    CLERK.sign(folder, "approver")
    assert sign_off_of(tmp_path, [ID], "two") == {ID: None}


def test_one_who_approved_alone_sufficed_by_the_rule_of_that_time(tmp_path: Path):
    folder = write_release(tmp_path)
    assert "preparer" not in str(sign_off_of(tmp_path, [ID], "one")[ID])
    OFFICER.sign(folder, "approver", sign_off="one")
    assert sign_off_of(tmp_path, [ID], "two") == {ID: None}


def test_a_replaced_or_vanished_release_is_waited_for_no_longer(tmp_path: Path):
    write_release(tmp_path)
    write_release(tmp_path, 2)
    states = sign_off_of(tmp_path, [ID, "751NH-2566-1-v2", "751NH-2566-2-v1"], "two")
    assert list(states) == ["751NH-2566-1-v2"]
    assert f"{ID} มีฉบับใหม่แทนแล้ว" in after_sign_off([ID], {})


def test_a_manifest_changed_after_signing_is_not_signed(tmp_path: Path):
    manifest = sign_by_two(write_release(tmp_path)) / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace("3822121.63", "9999999.99"), "utf-8")
    with pytest.raises(Damaged, match="with other contents"):
        sign_off_of(tmp_path, [ID], "two")
