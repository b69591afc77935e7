"""What runs when: the inbox every hour, each source's portals once a day, and no portal in between."""

import datetime
import functools
import http.server
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from flows.arrivals import portals_of
from flows.cli import main
from flows.deployments import TABLE
from flows.settings import Settings, read_settings
from flows.waiting_reports import reports_wait
from tests.flows.api import newest, posted
from tests.loopback import listening
from warehouse.store.connection import open_warehouse
from warehouse.store.releases import keep_failure
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period
from warehouse.vocabulary.records import MONEY_OF

RECIPE = 'name = "{0}"\naddress = "http://127.0.0.1:9/"\n[files]\nkind = "address"\naddress = "a"\n'


REPORT_UNDER_WAY = """
from prefect.client.orchestration import get_client
from prefect.states import Running
from flows.report import report
from flows.waiting_reports import report_under_way
before = report_under_way()
with get_client(sync_client=True) as client:
    run = client.create_flow_run(report, parameters={"config": config}, tags=["prongsai", "report"], state=Running())
    print(before, report_under_way())
    client.delete_flow_run(run.id)
"""


def test_every_source_has_a_daily_run_of_its_portals_at_a_minute_of_its_own():
    daily = {one.asks.get("source"): one.cron for one in TABLE if one.asks.get("via") == "portal"}
    assert set(daily) == set(MONEY_OF)
    assert len(set(daily.values())) == len(daily)
    assert all(cron.endswith(" 5 * * *") for cron in daily.values())


def test_the_inbox_alone_is_looked_at_every_hour_and_the_weekly_sweep_takes_everything():
    asks = {one.name: one.asks for one in TABLE if one.flow == "sync"}
    assert (asks["hourly"], asks["late"]) == ({"via": "inbox"}, {"late": True})


def test_a_recipe_tells_in_which_sources_run_its_portal_is_asked(tmp_path: Path):
    for name, top in (("both", ""), ("budget", 'source = "elaas"\n'), ("broken", 'source = "?"\n')):
        (tmp_path / f"{name}.toml").write_text(top + RECIPE.format(name), encoding="utf-8")
    written = tuple(Path(f"{name}.toml") for name in ("both", "budget", "broken"))
    settings = Settings(folder=tmp_path, portals=written)
    assert portals_of(settings, None) == written
    assert portals_of(settings, "elaas") == written  # the broken one is asked: it then says what is wrong
    assert portals_of(settings, "eplannacc") == (written[0], written[2])


def test_a_report_that_lost_its_event_is_asked_for_by_the_next_look_at_the_inbox(
    example: Path,
):
    config, now = ["--config", str(example / "prongsai.toml")], datetime.datetime(2023, 4, 3, tzinfo=datetime.UTC)
    settings = read_settings(example / "prongsai.toml")
    warehouse = open_warehouse(settings.warehouse_url)
    assert not reports_wait(settings, warehouse, now=now)
    assert main([*config, "sync"]) == 0  # which tells Prefect nothing, as a run that is killed after it loaded
    assert reports_wait(settings, warehouse, now=now)
    report = [*config, "report", "--organisation", "751NH", "--fiscal-year", "2566", "--half", "1"]
    assert main(report) == 0
    assert not reports_wait(settings, warehouse, now=now)


def test_a_report_that_was_tried_and_failed_is_not_asked_for_again_every_hour(example: Path):
    config, now = ["--config", str(example / "prongsai.toml")], datetime.datetime(2023, 4, 3, tzinfo=datetime.UTC)
    settings = read_settings(example / "prongsai.toml")
    main([*config, "sync"])
    warehouse, period = open_warehouse(settings.warehouse_url), Period(FiscalYear(2566), Half.FIRST)
    keep_failure(warehouse, "751NH", period, Words("แม่แบบเสียหาย", "damaged"), now=now)
    assert not reports_wait(settings, warehouse, now=now)


@contextmanager
def counted(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """The address of a web server on a folder, and the paths that it was asked for."""
    asked = list[str]()

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *said: object) -> None:
            asked.append(self.path)

    with listening(functools.partial(Handler, directory=folder)) as address:
        yield f"{address}/", asked


@pytest.mark.server
def test_a_run_asks_only_where_it_is_told_to_and_says_where_there_is_no_portal(example: Path, prefect: dict[str, str]):
    (example / "web").mkdir()
    (example / "inbox/751NH/eplannacc_2566-03-31.xlsx").rename(example / "web/751NH.xlsx")
    settings = example / "prongsai.toml"
    settings.write_text('portals = ["portal.toml"]\n' + settings.read_text("utf-8"), encoding="utf-8")
    with counted(example / "web") as (address, asked):
        files = '[files]\nkind = "address"\naddress = "{organisation}.xlsx"\n'
        recipe = f'name = "ทดสอบ"\nsource = "eplannacc"\naddress = "{address}"\ntries = 1\npause = 0.0\n{files}'
        (example / "portal.toml").write_text(recipe, encoding="utf-8")
        code = f"from flows.sync import report_under_way, sync\nconfig = {str(settings)!r}\n"
        for how in ('via="inbox"', 'source="elaas", via="portal"', 'source="eplannacc", via="portal"'):
            code += f"print(sync(config, {how}, return_state=True).message.rpartition(' / ')[2])\n"
        code += REPORT_UNDER_WAY
        done = subprocess.run(
            [sys.executable, "-c", code], env=os.environ | prefect, capture_output=True, text=True, check=False
        )
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.splitlines() == ["1 tables", "no portal hands out elaas", "1 tables", "False True"]
    url = prefect["PREFECT_API_URL"]
    runs = newest(url, 3)[::-1]
    assert [run["name"] for run in runs] == ["sync-all-all-inbox", "sync-elaas-all-portal", "sync-eplannacc-all-portal"]
    assert [set(run["tags"]) for run in runs] == [{"inbox"}, {"elaas", "portal"}, {"eplannacc", "portal"}]
    assert asked == ["/751NH.xlsx"]
    told = posted(url, "artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [run["id"] for run in runs]}}})
    summaries = {one["flow_run_id"]: one["data"] for one in told if one["key"] == "summary"}
    assert "ไม่มีพอร์ทัลที่แจกไฟล์ e-LAAS" in summaries[runs[1]["id"]]
    assert "นำเข้าใหม่ 1 ตาราง" in summaries[runs[2]["id"]]
