"""Any sequence of hand-ins, judged anew, corrected, replaced, out of order, against a model of a few lines."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import Row, func, select

from tests.warehouse.exports import CRITICAL, FIRST_HALF, FULL_YEAR, KHLONG, RUAM_CHAI, budget, day, handed_in, plan
from warehouse.store.connection import Warehouse, open_warehouse
from warehouse.store.current import current_exports
from warehouse.store.load import Outcome, load, seen_before
from warehouse.store.readings import FACTS
from warehouse.store.transactions import reading
from warehouse.tables import budget_line, export, plan_project, quarantined_row
from warehouse.vocabulary.records import JudgedExport, Organisation, Period

Key = tuple[Organisation, str, Period]
READINGS = {"elaas": budget, "eplannacc": plan}
ROWS = st.lists(st.integers(0, 1), min_size=1, max_size=2)
KEYS = st.sampled_from(  # few, and the first most: what replaces each other is the point
    [(KHLONG, "elaas", FIRST_HALF)] * 3
    + [(KHLONG, "elaas", FULL_YEAR), (KHLONG, "eplannacc", FIRST_HALF), (RUAM_CHAI, "elaas", FIRST_HALF)]
)


@dataclass(frozen=True)
class Judgement:
    """One judgement of some bytes, as the model remembers it."""

    content: str
    came_on: int
    judged_by: str
    key: Key
    rows: tuple[int, ...]
    verdict: str  # accepted, rejected or unreadable

    def export(self) -> JudgedExport:
        owner, source, period = self.key
        what = None if self.verdict == "unreadable" else READINGS[source](*self.rows)
        findings = (CRITICAL,) if self.verdict == "rejected" else ()
        return handed_in(
            what, *findings, content=self.content, on=self.came_on, owner=owner, period=period, judged_by=self.judged_by
        )


class WarehouseMachine(RuleBasedStateMachine):
    """A warehouse, and beside it a list of (day of the load, judgement)."""

    template: ClassVar[Path]

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.warehouse = self.fresh_warehouse()
        self.day = 0
        self.waiting: list[Judgement] = []
        self.loaded: list[tuple[int, Judgement]] = []
        self.facts = self.quarantined = 0

    def fresh_warehouse(self) -> Warehouse:
        path = Path(self.folder.name) / "warehouse.db"
        shutil.copy(self.template, path)
        return open_warehouse(f"sqlite:///{path}")

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.folder.cleanup()

    @rule(key=KEYS, rows=ROWS, verdict=st.sampled_from(["accepted", "accepted", "rejected", "unreadable"]))
    def hand_in(self, key: Key, rows: list[int], verdict: str) -> None:
        content = str(len(self.loaded) + len(self.waiting))
        self.waiting.append(Judgement(content, self.day, "rules", key, tuple(rows), verdict))

    @precondition(lambda self: self.loaded)
    @rule(choice=st.data(), rows=ROWS, verdict=st.sampled_from(["accepted", "rejected"]))
    def judge_anew(self, choice: st.DataObject, rows: list[int], verdict: str) -> None:
        """Other rules, a correction or other settings: the same bytes may read and be judged otherwise."""
        _, old = choice.draw(st.sampled_from(self.loaded))
        by = f"rules {len(self.loaded) + len(self.waiting)}"
        self.waiting.append(Judgement(old.content, old.came_on, by, old.key, tuple(rows), verdict))

    @precondition(lambda self: self.loaded)
    @rule(choice=st.data())
    def hand_in_again(self, choice: st.DataObject) -> None:
        _, old = choice.draw(st.sampled_from(self.loaded))
        key = (old.export().export.sha256, old.judged_by)
        [seen] = seen_before(self.warehouse, {key})[key]
        assert seen.accepted == (old.verdict == "accepted")
        [outcome] = load(self.warehouse, [old.export()], now=day(self.day))
        assert outcome == {"accepted": Outcome.SAME}.get(old.verdict, old.verdict)

    @precondition(lambda self: self.waiting)
    @rule(nights=st.integers(0, 1))
    def load_what_waits(self, nights: int) -> None:
        expected = []
        for one in self.waiting:
            before = self.current(one.key)
            same = one.verdict == "accepted" and before is not None and before.rows == one.rows
            expected.append(Outcome.SAME if same else Outcome.LOADED if one.verdict == "accepted" else one.verdict)
            self.facts += len(one.rows) if expected[-1] is Outcome.LOADED else 0
            self.quarantined += len(one.rows) if one.verdict == "rejected" else 0
            self.loaded.append((self.day, one))
        assert load(self.warehouse, [one.export() for one in self.waiting], now=day(self.day)) == expected
        self.waiting = []
        self.day += nights

    @rule(choice=st.data())
    def as_it_was_known(self, choice: st.DataObject) -> None:
        self.compare(choice.draw(st.integers(0, self.day)))

    @invariant()
    def current_is_what_the_model_says(self) -> None:
        if hasattr(self, "warehouse"):
            self.compare(None)

    @invariant()
    def every_row_is_kept_once(self) -> None:
        if hasattr(self, "warehouse"):
            with reading(self.warehouse) as connection:
                rows = [
                    connection.execute(select(func.count()).select_from(table)).scalar_one()
                    for table in (budget_line, plan_project, quarantined_row, export)
                ]
            assert (rows[0] + rows[1], rows[2], rows[3]) == (self.facts, self.quarantined, len(self.loaded))

    def current(self, key: Key, known_on: int | None = None) -> Judgement | None:
        accepted = [
            (one.came_on, place, one)
            for place, (loaded_on, one) in enumerate(self.loaded)
            if one.key == key and one.verdict == "accepted" and (known_on is None or loaded_on <= known_on)
        ]
        return max(accepted)[2] if accepted else None

    def compare(self, known_on: int | None) -> None:
        known_at = None if known_on is None else day(known_on)
        with reading(self.warehouse) as connection:
            found = {
                (one.organisation, one.source, one.fiscal_year, one.half): (
                    one.file_name,
                    self.rows_of(connection, one),
                )
                for one in connection.execute(current_exports(known_at=known_at))
            }
        keys = {one.key for _, one in self.loaded}
        expected = {key: one for key in keys if (one := self.current(key, known_on))}
        assert found == {
            (owner.code, source, period.fiscal_year.year, period.half): (f"{one.content}.xlsx", one.rows)
            for (owner, source, period), one in expected.items()
        }

    @staticmethod
    def rows_of(connection: object, one: Row) -> tuple[int, ...]:
        table, _ = FACTS[one.source]
        wanted = select(table.c.disbursed).where(table.c.export_id == one.facts).order_by(table.c.source_row)
        return tuple(connection.execute(wanted).scalars())
