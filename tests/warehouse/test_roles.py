"""The two roles of the migrations' README can do what it says, and no more."""

import re
from pathlib import Path

import psycopg
import pytest

import warehouse
from tests.warehouse.exports import FIRST_HALF, KHLONG, budget, day, handed_in, load_on, plan
from warehouse.store.connection import open_warehouse
from warehouse.store.facts import report_facts
from warehouse.store.releases import ReleaseRecord, keep_failure, keep_release
from warehouse.store.status import report_status
from warehouse.vocabulary.errors import Words, WrongSettings

README = Path(warehouse.__file__).parent / "migrations" / "README.md"


@pytest.mark.server
@pytest.mark.parametrize("empty_url", ["postgresql"], indirect=True)
def test_the_loader_loads_and_the_reader_reports(empty_url: str):
    before, after = re.findall(r"```sql\n(.*?)```", README.read_text(encoding="utf-8"), flags=re.DOTALL)
    with psycopg.connect(empty_url, autocommit=True) as administrator:
        administrator.execute(before)
        loader = open_warehouse(empty_url.replace("postgres:@", "prongsai_loader@"))
        load_on(loader, 0, handed_in(budget(1), content="a"), handed_in(plan(1), content="plan"))
        administrator.execute(after)

    reader = open_warehouse(empty_url.replace("postgres:@", "prongsai_reader@"))
    assert len(report_facts(reader, KHLONG.code, FIRST_HALF).budget_lines) == 1
    keep_failure(reader, KHLONG.code, FIRST_HALF, Words("ผิด", "wrong"), now=day(1))
    assert report_status(reader, [KHLONG], FIRST_HALF)[0].failure
    keep_release(reader, ReleaseRecord("v1", KHLONG.code, FIRST_HALF, 1, "folder", "a" * 64), now=day(1))
    assert report_status(reader, [KHLONG], FIRST_HALF)[0].release == "v1"
    assert report_status(reader, [KHLONG], FIRST_HALF)[0].failure is None
    with pytest.raises(WrongSettings) as told:
        load_on(reader, 1, handed_in(budget(2), content="b", on=1))
    assert "ไม่มีสิทธิ์" in told.value.words.th
