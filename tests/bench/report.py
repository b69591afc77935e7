"""How long all files of one release take, against the bare compile of its PDF, alone and among many.

`python -m tests.bench.report [LINES] [MUNICIPALITIES]`. One alone is warm: engines imported, fonts read; each round
tells another version, or the PDF engine would remember. The many are what `prongsai report` makes of a warehouse, with
all that costs: processes, reading, writing.
"""

import datetime
import io
import resource
import statistics
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from flows.cli import main as prongsai
from flows.reporting import LOT, make_reports
from flows.settings import read_settings
from reports.chapters.document import Document
from reports.chapters.report import documents_of
from reports.csv_tables import csv_of
from reports.docx import docx_of, template_bytes
from reports.figures import figures_of
from reports.files import WordTemplate, contents_of
from reports.html import html_of
from reports.origins import origin_notes
from reports.pdf import pdf_of
from reports.proof.prove import prove
from reports.release import make_release
from reports.words import words_of
from reports.xlsx import xlsx_of
from tests.bench.exports import write_exports
from tests.reports.facts import BUDGET_LINES, FACTS
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period
from warehouse.vocabulary.records import ReportFacts

ROUNDS = 5
PERIOD = Period(FiscalYear(2566), Half.FIRST)
WORDS = words_of(None, ())


def facts_of(lines: int, number: int) -> ReportFacts:
    """The example, or a budget of so many lines in ten works; each number has an organisation of its own."""
    organisation = replace(FACTS.organisation, code=f"9{number:04}", name=f"เทศบาลตำบลทดสอบ {number}")
    many = tuple(
        replace(BUDGET_LINES[row % 11], work=f"งานที่ {row // 11 % 10}", source_row=row + 6) for row in range(lines)
    )
    return replace(FACTS, organisation=organisation, budget_lines=many or BUDGET_LINES)


def seconds(step: Callable[[ReportFacts], object], lines: int, number: int) -> float:
    """How long a step takes for the facts of one number."""
    facts = facts_of(lines, number)
    started = perf_counter()
    step(facts)
    return perf_counter() - started


def bare_compile(documents: Mapping[str, Document], facts: ReportFacts) -> object:
    """The PDF of the measures alone, under another name: the floor."""
    return pdf_of(replace(documents["measures"], organisation=facts.organisation.name), facts.organisation)


def many(municipalities: int, folder: Path) -> None:
    """Print what one of so many reports takes, against the bare compile of its PDF, and the memory as it goes on."""
    write_exports(folder, municipalities)
    config = folder / "prongsai.toml"
    config.write_text('organisations = "organisations.csv"\nsettle_seconds = 0\n', encoding="utf-8")
    with redirect_stdout(io.StringIO()) as said:
        if prongsai(["--config", str(config), "sync"]):
            sys.exit(said.getvalue())
    facts = facts_of(300, 0)
    documents = documents_of(facts, figures_of(facts), WORDS, 1, ())
    settings, now = read_settings(config), datetime.datetime.now(datetime.UTC)
    wanted = [(f"{number:05d}", PERIOD) for number in range(municipalities)]
    bare = [seconds(lambda each: bare_compile(documents, each), 300, number) for number in range(100, 101 + ROUNDS)]
    started, memory = perf_counter(), list[str]()
    for done, made in enumerate(make_reports(settings, wanted, now=now), start=1):
        if made.error:
            sys.exit(made.error.en)
        if done % LOT == 1 and done > 1:  # the processes of the lot before have ended
            memory.append(f"{resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024}")
    each = (perf_counter() - started) / municipalities
    bare += [seconds(lambda each: bare_compile(documents, each), 300, number) for number in range(200, 200 + ROUNDS)]
    memory.append(f"{resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024}")
    print(f"{municipalities} municipalities of 300 budget lines, on all cores")
    print(
        f"  each {each * 1000:.0f} ms = {each / statistics.median(bare[1:]):.2f} × the bare compile of its report.pdf"
    )
    print(f"  largest process, lot after lot of {LOT}: {', '.join(memory)} MB")


def main(lines: int) -> None:
    """Print each step, the sum and the ratio."""
    template, facts = WordTemplate(template_bytes(None)), facts_of(lines, 0)
    figures = figures_of(facts)
    documents = documents_of(facts, figures, WORDS, 1, ())
    contents = contents_of(facts, figures, WORDS, documents, template)

    alone, whole = [], []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(100, 101 + ROUNDS):  # in turn, so that a busy machine slows both
            alone.append(seconds(lambda each: bare_compile(documents, each), lines, number))
            whole.append(
                seconds(lambda each: make_release(each, words_file=None, releases=Path(folder)), lines, number)
            )
    one, all_files = statistics.median(alone[1:]), statistics.median(whole[1:])
    steps: dict[str, Callable[[], object]] = {
        "figures and chapters": lambda: documents_of(facts, figures_of(facts), WORDS, 1, ()),
        "docx": lambda: docx_of(documents["measures"], figures, template.content),
        "html": lambda: html_of(documents["measures"], origin_notes(facts, figures)),
        "xlsx": lambda: xlsx_of(facts, figures, documents["measures"]),
        "csv": lambda: (csv_of(facts, "budget"), csv_of(facts, "plan")),
        "proof": lambda: prove(facts, figures, documents, contents),
    }
    print(f"{len(facts.budget_lines)} budget lines, median of {ROUNDS}")
    print(f"  bare compile of report.pdf {one * 1000:7.0f} ms")
    for name, step in steps.items():
        taken = statistics.median(seconds(lambda _, step=step: step(), lines, 0) for _ in range(ROUNDS))  # type: ignore[misc]
        print(f"  {name:26} {taken * 1000:7.0f} ms")
    print(f"  a whole release, proven    {all_files * 1000:7.0f} ms = {all_files / one:.2f} × the bare compile")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
    with tempfile.TemporaryDirectory() as kept:
        many(int(sys.argv[2]) if len(sys.argv) > 2 else 12, Path(kept))
