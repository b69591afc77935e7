"""prongsai diff: what a release says otherwise than the version before, the cut-off before and the year before."""

import json
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

from flows.command.page_file import write_page
from flows.command.say import say, say_line
from flows.settings import Settings
from reports.comparison import comparison
from reports.sign.difference import Changed, Difference
from reports.sign.ledger import release_folder
from warehouse.vocabulary.errors import Language, Words

_EARLIER = {
    "cut_off": Words("วันตัดยอดก่อน", "the cut-off before"),
    "last_year": Words("รอบเดียวกันของปีก่อน", "the same half of the year before"),
}


def diff(settings: Settings, arguments: Namespace) -> int:
    """Print the figures that differ, new and gone findings and new files; write the page if asked."""
    folder = release_folder(settings.path(settings.releases), arguments.release)
    found = comparison(folder)
    earlier = {"cut_off": found.cut_off, "last_year": found.last_year}
    if arguments.html:
        from reports.comparison_page import comparison_page

        write_page(Path(arguments.html), comparison_page(folder, found))
    if arguments.json:
        told = asdict(found.version) | {name: one and asdict(one) for name, one in earlier.items()}
        say_line(json.dumps(told, ensure_ascii=False, default=str))
        return 0
    _say(found.version, arguments.lang)
    for name, one in earlier.items():
        _say_earlier(_EARLIER[name], one, arguments.lang)
    if arguments.html:
        say(arguments.lang, f"เขียนหน้า {arguments.html} แล้ว", f"wrote the page {arguments.html}")
    return 0


def _say(found: Difference, language: Language) -> None:
    if found.previous is None:
        say(language, f"{found.release} เป็นฉบับแรก", f"{found.release} is the first version")
        return
    _say_figures(found, language)
    for key in found.new_findings:
        say(language, f"  + ข้อสังเกตใหม่ {key}", f"  + new finding {key}")
    for key in found.gone_findings:
        say(language, f"  - ข้อสังเกตที่หมดไป {key}", f"  - finding gone {key}")
    for name in found.new_inputs:
        say(language, f"  + ไฟล์ใหม่ {name}", f"  + new file {name}")
    for other in found.others:
        say(language, f"  ± เปลี่ยนไป: {other.th}", f"  ± changed: {other.en}")


def _say_earlier(name: Words, found: Difference | None, language: Language) -> None:
    """Without findings and files, which are those of another period."""
    say_line(f"{name.said_in(language)}:")
    if found is None:
        say(language, "  ไม่มีฉบับให้เทียบ", "  there is no release to compare with")
    else:
        _say_figures(found, language)


def _say_figures(found: Difference, language: Language) -> None:
    count = len(found.figures)
    say(
        language,
        f"{found.release} เทียบกับ {found.previous}: ตัวเลขเปลี่ยน {count} รายการ",
        f"{found.release} against {found.previous}: {count} figures changed",
    )
    for figure in found.figures:
        _say_figure(figure, language)


def _say_figure(figure: Changed, language: Language) -> None:
    absent = "ไม่มีข้อมูล" if language == "th" else "no value"
    before, after = figure.before or absent, figure.after or absent
    by = "" if figure.by is None else f"  ({figure.by:+,})"
    say_line(f"  {figure.title if language == 'th' else figure.key}: {before} → {after}{by}")
