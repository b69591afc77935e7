"""A source is down: what stands in for its export must be allowed by the settings, and is said in the report."""

import json
from pathlib import Path

import pytest

from flows.cli import main
from tests.warehouse.exports import FIRST_HALF, FULL_YEAR, KHLONG, budget, day, handed_in, load_on, plan
from warehouse.store.connection import Warehouse, open_warehouse
from warehouse.store.facts import report_facts
from warehouse.vocabulary.errors import NotReady
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period

REPORT = ["report", "--json", "--organisation", "751NH", "--fiscal-year", "2566", "--half", "1"]
NEXT_YEAR = Period(FiscalYear(2567), Half.FIRST)


@pytest.fixture
def config(example: Path) -> list[str]:
    """The example, whose budget is a workbook kept by hand."""
    (example / "inbox/751NH/manual").mkdir()
    (example / "inbox/751NH/elaas_2566-03-31.xlsx").rename(example / "inbox/751NH/manual/elaas.xlsx")
    return ["--config", str(example / "prongsai.toml")]


def test_a_workbook_kept_by_hand_is_refused_unless_settings_allow_it(
    config: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    assert main([*config, "sync"]) == 1
    assert 'stand_ins = ["manual"]' in capsys.readouterr().out
    monkeypatch.setenv("PRONGSAI_STAND_INS", '["manual"]')
    assert main([*config, "sync"]) == 0
    capsys.readouterr()
    assert main([*config, *REPORT]) == 0
    made = json.loads(capsys.readouterr().out)
    assert "สมุดงานที่เจ้าหน้าที่จัดทำเอง (elaas.xlsx)" in Path(made["files"]["html"]).read_text(encoding="utf-8")
    monkeypatch.delenv("PRONGSAI_STAND_INS")
    assert main([*config, *REPORT]) == 1  # what the settings allow no longer makes no report
    assert "stand_ins" in capsys.readouterr().err


def test_a_true_export_that_comes_later_replaces_the_workbook_in_a_new_version(
    example: Path, config: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("PRONGSAI_STAND_INS", '["manual"]')
    main([*config, "sync"])
    main([*config, *REPORT])
    (example / "inbox/751NH/manual/elaas.xlsx").rename(example / "inbox/751NH/elaas_2566-03-31.xlsx")
    with (example / "inbox/751NH/elaas_2566-03-31.xlsx").open("ab") as export:
        export.write(b"\0")  # other bytes, as a true export has them
    monkeypatch.delenv("PRONGSAI_STAND_INS")
    assert main([*config, "sync"]) == 0
    capsys.readouterr()
    assert main([*config, *REPORT]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["release"] == "751NH-2566-1-v2"
    assert "ข้อควรทราบ" not in Path(made["files"]["html"]).read_text(encoding="utf-8")


def test_settings_know_no_other_stand_in(config: list[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PRONGSAI_STAND_INS", '["guess"]')
    assert main([*config, "sync"]) == 64


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """Both sources of the first half, only the plan of the full year and of the next."""
    warehouse = open_warehouse(f"sqlite:///{tmp_path / 'warehouse.db'}")
    load_on(warehouse, 0, handed_in(budget(1), content="a"), handed_in(plan(1), content="p"))
    load_on(warehouse, 180, handed_in(plan(2), content="q", on=180, period=FULL_YEAR))
    load_on(warehouse, 360, handed_in(plan(3), content="r", on=360, period=NEXT_YEAR))
    return warehouse


def test_an_earlier_export_of_the_fiscal_year_stands_in_only_where_it_is_allowed(warehouse: Warehouse):
    with pytest.raises(NotReady):
        report_facts(warehouse, KHLONG.code, FULL_YEAR)
    facts = report_facts(warehouse, KHLONG.code, FULL_YEAR, earlier=True)
    assert (facts.budget.period, facts.plan.period) == (FIRST_HALF, FULL_YEAR)
    assert [line.disbursed for line in facts.budget_lines] == [1]
    assert facts.plan_projects[0].disbursed == 2


def test_nothing_of_another_year_and_nothing_for_every_source_stands_in(warehouse: Warehouse):
    with pytest.raises(NotReady):
        report_facts(warehouse, KHLONG.code, NEXT_YEAR, earlier=True)
    with pytest.raises(NotReady):
        report_facts(warehouse, KHLONG.code, FULL_YEAR, earlier=True, known_at=day(100))


def test_a_complete_period_needs_no_stand_in(warehouse: Warehouse):
    load_on(warehouse, 190, handed_in(budget(9), content="b", on=190, period=FULL_YEAR))
    assert report_facts(warehouse, KHLONG.code, FULL_YEAR, earlier=True).budget.period == FULL_YEAR
