"""Annexes: where the numbers came from, how they were computed, and what changed since the version before."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from reports.chapters.document import Block, Cell, Chapter, Column, Paragraph, Points, Row, Run, Table
from reports.chapters.quality import SOURCE_TITLES, is_judged_by_others
from reports.earlier import FROM_FILE
from reports.figure import Figure, Figures
from reports.sentences import Sentences
from reports.words import ReportWords
from warehouse.vocabulary.fiscal import moment_words, thai_date
from warehouse.vocabulary.records import CheckedRule, LoadedExport, ReportFacts

_LONGEST_CELLS = 400  # characters of one figure's cells that are printed: its row must stay on one page
BANGKOK = datetime.timezone(datetime.timedelta(hours=7))  # no daylight saving since 1920: no time zone table needed
_QUOTED = ("ไฟล์", "แผ่นงาน", "ลายนิ้วมือ SHA-256", "กฎที่ใช้ตรวจ")
VIA_TITLES = {"inbox": "โฟลเดอร์รับไฟล์", "portal": "ดึงจากเว็บไซต์", "hand": "สมุดงานที่เจ้าหน้าที่จัดทำเอง"}


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that differs from the version before, as printed."""

    key: str
    title: str
    before: str
    after: str


def sources_chapter(
    exports: Sequence[LoadedExport],
    figures: Figures,
    facts: ReportFacts,
    words: ReportWords,
    notes: Sequence[Paragraph],
) -> Chapter:
    """What stands in for a missing file, the files, what they were checked for, and for each figure its cells."""
    checked = [export for export in exports if not is_judged_by_others(export, facts)]
    sources = {"", *(export.source for export in checked)}
    mine = [rule for rule in facts.rules if rule.source in sources] if checked else []
    checks = (check_table(checked, mine),) if mine else ()
    others = (_judged_by_others(export, words) for export in exports if export not in checked)
    blocks = (*notes, source_table(exports), figure_table(figures), *others, *checks)
    return Chapter("sources", "ภาคผนวก ข แหล่งข้อมูลและที่มาของตัวเลข", blocks, wide=True, annex=True)


def source_table(exports: Sequence[LoadedExport]) -> Table:
    """What is known of each file."""
    told = [_told(export) for export in exports]
    rows = tuple(
        Row((Cell(title), *(Cell(each[title], quoted=title in _QUOTED) for each in told))) for title in told[0]
    )
    return Table(
        id="table-sources",
        caption="ไฟล์ที่ใช้จัดทำรายงาน",
        columns=(Column(share=2), *[Column(share=7)] * len(told)),
        head=((Cell("รายการ"), *(Cell(SOURCE_TITLES[export.source]) for export in exports)),),
        rows=rows,
    )


def check_table(exports: Sequence[LoadedExport], rules: Sequence[CheckedRule]) -> Table:
    """Each rule, and whether each file passed it."""
    broken = [{finding.rule for finding in export.findings} for export in exports]

    def said(rule: CheckedRule, place: int) -> str:
        if rule.source not in ("", exports[place].source):
            return "–"
        return "พบข้อสังเกต" if rule.rule in broken[place] else "ผ่าน"

    rows = tuple(
        Row((Cell(rule.title.th), *(Cell(said(rule, place)) for place in range(len(exports))))) for rule in rules
    )
    return Table(
        id="table-checks",
        caption="การตรวจไฟล์แต่ละข้อ",
        columns=(Column(share=6), *[Column("center", 1)] * len(exports)),
        head=((Cell("ข้อที่ตรวจ"), *(Cell(SOURCE_TITLES[export.source]) for export in exports)),),
        rows=rows,
    )


def _judged_by_others(export: LoadedExport, words: ReportWords) -> Paragraph:
    before, after = words.narrative["other_rules"].split("{version}")
    version = Run(export.rules_version, quoted=True)
    return Paragraph((Run(before.format(system=SOURCE_TITLES[export.source])), version, Run(after)))


def _told(export: LoadedExport) -> dict[str, str]:
    came = export.export
    return {
        "ไฟล์": came.file_name,
        "แผ่นงาน": export.sheet,
        "จำนวนแถวข้อมูล": f"{export.rows:,}",
        "ขนาด (ไบต์)": f"{came.size:,}",
        "ลายนิ้วมือ SHA-256": came.sha256,
        "ได้รับเมื่อ": moment_words(came.fetched_at).th,
        "วิธีที่ได้รับ": VIA_TITLES[came.via],
        "กฎที่ใช้ตรวจ": f"รุ่น {export.rules_version}" if export.rules_version else "–",
        "ข้อมูล ณ วันที่": _day(export.title.data_date),
        "วันที่เรียกรายงาน": _day(export.title.call_date),
    }


def _day(day: datetime.date | None) -> str:
    return "ไฟล์ไม่ได้ระบุ" if day is None else thai_date(day)


def figure_table(figures: Figures) -> Table:
    """Each figure, its value and the cells or the formula behind it."""
    return Table(
        id="table-figures",
        caption="ที่มาของตัวเลขในรายงาน",
        columns=(Column(share=4), Column("right"), Column(share=4), Column(share=6)),
        head=(tuple(map(Cell, ("ตัวเลข", "ค่า", "วิธีคำนวณ", "เซลล์ต้นทาง"))),),
        rows=tuple(_figure_row(figure) for figure in figures.values()),
        note="เซลล์ต้นทางเขียนตามระบบ ชื่อแผ่นงาน และช่วงเซลล์ เช่น E6:E16 คือคอลัมน์ E แถว 6 ถึง 16 และ 6:16 คือทั้งแถว 6 ถึง 16"
        " ส่วน … คือมีต่อในไฟล์ report.xlsx",
    )


def _figure_row(figure: Figure) -> Row:
    cells = "; ".join(f"{SOURCE_TITLES[source]} {sheet} {found}" for (source, _, sheet), found in figure.cells.items())
    value = "ไม่มีข้อมูล" if figure.printed is None else figure.printed
    if len(cells) > _LONGEST_CELLS:
        cells = cells[: cells.rindex(",", 0, _LONGEST_CELLS)] + ", …"
    title = Cell(figure.title, id=f"figure-{figure.key}")
    formula = Cell(figure.formula, quoted=FROM_FILE in figure.formula)
    return Row((title, Cell(value), formula, Cell(cells or "–", quoted=True)))


def method_chapter(sentences: Sentences, words: ReportWords) -> Chapter:
    """How the figures were computed, and what was assumed."""
    points = tuple(sentences.filled(point) for point in words.narrative["method"])
    return Chapter("method", "ภาคผนวก ค วิธีคำนวณและข้อสมมติ", (Points(points),), annex=True)


def changes_chapter(changes: Sequence[Change], previous: int, sentences: Sentences, words: ReportWords) -> Chapter:
    """What differs from the version before."""
    told = words.narrative["changes" if changes else "no_changes"]
    blocks: list[Block] = [Paragraph(sentences.filled(told, previous=str(previous)))]
    if changes:
        titles = ("ตัวเลข", f"ฉบับที่ {previous}", "ฉบับนี้")
        rows = tuple(Row(tuple(map(Cell, (change.title, change.before, change.after)))) for change in changes)
        columns = (Column(share=3), Column("right", 1), Column("right", 1))
        caption = "ตัวเลขที่เปลี่ยนจากฉบับก่อน"
        blocks.append(Table("table-changes", caption, columns, (tuple(map(Cell, titles)),), rows))
    return Chapter("changes", "ภาคผนวก ง การเปลี่ยนแปลงจากฉบับก่อน", tuple(blocks), annex=True)
