"""How things stand, and what was made of it."""

from sqlalchemy import select

from tests.warehouse.exports import (
    CRITICAL,
    FIRST_HALF,
    FULL_YEAR,
    KHLONG,
    RUAM_CHAI,
    WARNING,
    budget,
    day,
    handed_in,
    load_on,
    plan,
)
from warehouse.store.connection import Warehouse
from warehouse.store.releases import (
    FailedReport,
    ReleaseRecord,
    failed_reports,
    keep_failure,
    keep_release,
    ready_reports,
)
from warehouse.store.status import report_status
from warehouse.store.transactions import reading
from warehouse.tables import release
from warehouse.vocabulary.errors import Words

MADE = ReleaseRecord("751E0-2566-1-v1", KHLONG.code, FIRST_HALF, 1, "releases/751E0/2566-1/v1", "a" * 64)
PLAN = handed_in(plan(1), WARNING, WARNING, content="plan")


def test_nothing_came_yet(warehouse: Warehouse):
    [status] = report_status(warehouse, [KHLONG], FIRST_HALF)
    assert (status.ready, status.release) == (False, None)
    assert [(one.source, one.verdict, one.current) for one in status.sources] == [
        ("elaas", None, False),
        ("eplannacc", None, False),
    ]


def test_a_rejected_export_shows_its_findings_and_that_an_older_one_counts(warehouse: Warehouse):
    load_on(warehouse, 0, handed_in(budget(1), content="a"), PLAN)
    load_on(warehouse, 1, handed_in(budget(2), CRITICAL, WARNING, content="b", on=1))
    [status] = report_status(warehouse, [KHLONG], FIRST_HALF)
    money, projects = status.sources
    assert (money.verdict, money.current, money.file_name) == ("rejected", True, "b.xlsx")
    assert money.fetched_at == day(1)
    assert (money.findings, projects.findings) == ({"critical": 1, "warning": 1}, {"warning": 2})
    assert status.ready


def test_the_last_export_is_the_one_that_came_last_and_not_the_one_judged_last(warehouse: Warehouse):
    load_on(warehouse, 0, handed_in(budget(1), CRITICAL, content="a"))
    load_on(warehouse, 1, handed_in(budget(2), content="b", on=1))
    load_on(warehouse, 2, handed_in(budget(1), CRITICAL, content="a", judged_by="new rules"))
    [status] = report_status(warehouse, [KHLONG], FIRST_HALF)
    assert (status.sources[0].file_name, status.sources[0].verdict) == ("b.xlsx", "accepted")


def test_status_answers_in_the_order_asked_and_for_one_period(warehouse: Warehouse):
    load_on(warehouse, 0, handed_in(budget(1), content="a", owner=RUAM_CHAI), PLAN)
    found = report_status(warehouse, [RUAM_CHAI, KHLONG], FIRST_HALF)
    assert [(one.organisation.code, [source.current for source in one.sources]) for one in found] == [
        ("00123", [True, False]),
        ("751E0", [False, True]),
    ]
    assert not any(source.current for one in report_status(warehouse, [KHLONG], FULL_YEAR) for source in one.sources)


def test_a_report_is_ready_once_every_source_is_accepted(warehouse: Warehouse):
    load_on(warehouse, 0, handed_in(budget(1), CRITICAL, content="a"), PLAN)
    assert ready_reports(warehouse) == []
    load_on(warehouse, 1, handed_in(budget(2), content="b", on=1))
    load_on(warehouse, 2, *(handed_in(one, content=one.source, owner=RUAM_CHAI) for one in (budget(1), plan(1))))
    assert ready_reports(warehouse) == [("00123", FIRST_HALF), ("751E0", FIRST_HALF)]


def test_a_release_is_remembered_as_it_was_first_made(warehouse: Warehouse):
    load_on(warehouse, 0, PLAN)
    keep_release(warehouse, MADE, now=day(1))
    keep_release(warehouse, MADE, now=day(2))
    with reading(warehouse) as connection:
        [row] = connection.execute(select(release))
    assert (row.id, row.made_at, row.version, row.manifest_sha256) == (MADE.id, day(1), 1, "a" * 64)


def test_status_names_the_newest_release(warehouse: Warehouse):
    load_on(warehouse, 0, PLAN)
    for version in (2, 1):
        made = ReleaseRecord(f"751E0-2566-1-v{version}", KHLONG.code, FIRST_HALF, version, "folder", "a" * 64)
        keep_release(warehouse, made, now=day(version))
    [status] = report_status(warehouse, [KHLONG], FIRST_HALF)
    assert status.release == "751E0-2566-1-v2"


BROKEN, FULL = Words("แม่แบบผิด", "the template is wrong"), Words("ดิสก์เต็ม", "the disk is full")


def test_a_report_that_could_not_be_made_is_known_with_when_and_why_until_it_is_made(warehouse: Warehouse):
    load_on(warehouse, 0, PLAN, handed_in(plan(1), content="other", owner=RUAM_CHAI))
    for on in (1, 2):
        keep_failure(warehouse, KHLONG.code, FIRST_HALF, BROKEN, now=day(on))
    known = FailedReport(KHLONG.code, FIRST_HALF, day(1), day(2), BROKEN)
    assert failed_reports(warehouse) == [known]
    assert [one.failure for one in report_status(warehouse, [RUAM_CHAI, KHLONG], FIRST_HALF)] == [None, known]
    assert report_status(warehouse, [KHLONG], FULL_YEAR)[0].failure is None

    keep_failure(warehouse, KHLONG.code, FIRST_HALF, FULL, now=day(3))  # another reason stands since then
    assert failed_reports(warehouse) == [FailedReport(KHLONG.code, FIRST_HALF, day(3), day(3), FULL)]
    keep_failure(warehouse, RUAM_CHAI.code, FIRST_HALF, BROKEN, now=day(3))
    for _ in range(2):  # made, and found made already
        keep_release(warehouse, MADE, now=day(4))
        assert [one.organisation for one in failed_reports(warehouse)] == [RUAM_CHAI.code]
        keep_failure(warehouse, KHLONG.code, FIRST_HALF, BROKEN, now=day(5))
