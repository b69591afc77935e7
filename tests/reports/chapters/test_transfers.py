"""What was moved between lines: which lines, how much, before and after."""

from dataclasses import replace

from reports.chapters.document import Paragraph, Row, Table
from reports.chapters.report import report_of
from reports.figures import figures_of
from reports.words import words_of
from tests.reports.facts import BUDGET_LINES, FACTS, TRANSFERRED
from warehouse.vocabulary.records import ReportFacts


def told(facts: ReportFacts) -> tuple[list[str], Table | None]:
    """The paragraphs of the budget's overview and its table of transfers, if there is one."""
    figures = figures_of(facts)
    report = report_of(facts, figures, words_of(None, ()), 1, ())
    blocks = next(chapter for chapter in report.chapters if chapter.id == "budget").blocks
    paragraphs = ["".join(run.text for run in block.text) for block in blocks if isinstance(block, Paragraph)]
    tables = [block for block in blocks if isinstance(block, Table) and block.id == "table-transfers"]
    return paragraphs, tables[0] if tables else None


def texts(row: Row) -> tuple[str, ...]:
    return (row.kind, *(cell.text for cell in row.cells))


def test_each_transferred_line_stands_with_its_amounts_and_their_cells_the_largest_first() -> None:
    _, table = told(TRANSFERRED)
    assert table is not None
    assert [texts(row) for row in table.rows] == [
        ("line", "เบี้ยยังชีพผู้สูงอายุ", "6,198,000.00", "0.00", "150,000.00", "6,048,000.00", "E8 F8 G8"),
        ("line", "ประกันสังคม", "168,000.00", "100,000.00", "0.00", "268,000.00", "E6 F6 G6"),
        ("line", "พัฒนา", "10,000.00", "50,000.00", "0.00", "60,000.00", "E7 F7 G7"),
        ("total", "รวมรายการที่โอน", "6,376,000.00", "150,000.00", "150,000.00", "6,376,000.00", ""),
    ]
    assert {sum(cell.columns for cell in row.cells) for row in table.rows} == {len(table.columns)}


def test_the_total_is_the_figures_and_leads_to_where_they_come_from() -> None:
    _, table = told(TRANSFERRED)
    assert table is not None
    figures = figures_of(TRANSFERRED)
    total = {cell.figure: cell.text for cell in table.rows[-1].cells if cell.figure}
    assert total == {
        key: figures[key].printed
        for key in ("transferred_approved", "transfer_in", "transfer_out", "transferred_revised")
    }
    assert figures["transferred_approved"].cells == {("elaas", "751NH_elaas_2566_1.xlsx", "รายงาน"): "E6:E8"}


def test_transfers_that_balance_are_said_to() -> None:
    paragraphs, _ = told(TRANSFERRED)
    [said] = [text for text in paragraphs if "โอน" in text and "รายการที่โอน" in text]
    assert "มีรายการที่โอนงบประมาณ ๓ รายการ โอนเพิ่มรวม ๑๕๐,๐๐๐.๐๐ บาท โอนลดรวม ๑๕๐,๐๐๐.๐๐ บาท" in said
    assert said.endswith("ยอดโอนเพิ่มเท่ากับยอดโอนลด")


def test_transfers_that_do_not_balance_tell_by_how_much_and_what_to_look_at() -> None:
    first, *others = TRANSFERRED.budget_lines
    facts = replace(TRANSFERRED, budget_lines=(replace(first, transfer_in=first.transfer_in + 50_000), *others))
    paragraphs, _ = told(facts)
    [said] = [text for text in paragraphs if "รายการที่โอน" in text]
    assert "ผลต่าง (โอนเพิ่ม − โอนลด) ๕๐๐.๐๐ บาท" in said
    assert "จ่ายขาดเงินสะสม" in said


def test_without_a_transfer_that_is_said_and_there_is_no_table() -> None:
    paragraphs, table = told(FACTS)
    assert table is None
    assert (
        "ในรอบ ๖ เดือน (ตุลาคม ๒๕๖๕ - มีนาคม ๒๕๖๖) ไม่มีรายการที่โอนงบประมาณ โอนเพิ่มรวม ๐.๐๐ บาท โอนลดรวม ๐.๐๐ บาท"
        in paragraphs
    )


def test_of_very_many_the_largest_are_listed_and_the_rest_is_one_row_that_tells_how_many() -> None:
    lines = tuple(
        replace(BUDGET_LINES[0], source_row=row, transfer_in=row if row % 2 else 0, transfer_out=0 if row % 2 else row)
        for row in range(1, 601)
    )
    _, table = told(replace(FACTS, budget_lines=lines))
    assert table is not None
    assert [row.kind for row in table.rows] == ["line"] * 20 + ["subtotal", "total"]
    assert table.rows[0].cells[-1].text == "E600 F600 G600"
    assert table.rows[-2].cells[0].text == "อื่น ๆ อีก 580 รายการ (อยู่ในตารางทุกรายการ)"
    amounts = [[int(cell.text.replace(",", "").replace(".", "")) for cell in row.cells[1:5]] for row in table.rows]
    assert [sum(column) for column in zip(*amounts[:-1], strict=True)] == amounts[-1]


def test_twenty_one_lines_are_listed_whole_for_one_more_is_no_longer_than_telling_of_it() -> None:
    lines = tuple(replace(BUDGET_LINES[0], source_row=row, transfer_in=1) for row in range(1, 22))
    _, table = told(replace(FACTS, budget_lines=lines))
    assert table is not None
    assert [row.kind for row in table.rows] == ["line"] * 21 + ["total"]


def test_a_line_that_gave_as_much_as_it_got_is_listed() -> None:
    lines = (replace(BUDGET_LINES[0], transfer_in=500, transfer_out=500), *BUDGET_LINES[1:])
    _, table = told(replace(FACTS, budget_lines=lines))
    assert table is not None
    assert texts(table.rows[0])[2:6] == ("168,000.00", "5.00", "5.00", "168,000.00")


def test_a_file_that_has_no_column_of_transfers_out_names_the_cells_that_it_has() -> None:
    letters = {column: letter for column, letter in FACTS.budget.letters.items() if column != "transfer_out"}
    _, table = told(replace(TRANSFERRED, budget=replace(FACTS.budget, letters=letters)))
    assert table is not None
    assert table.rows[0].cells[-1].text == "E8 F8"
