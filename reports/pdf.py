"""The report as PDF: PDF/UA-1 and PDF/A-2a, the same bytes for the same document."""

import json
import re
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

from reports.chapters.document import Document
from reports.characters import fitted
from warehouse.vocabulary.records import Organisation

HERE = Path(__file__).parent
_THAI_ONLY = re.compile("[ก-๛]{4,30}")
_KINDS_OF_ORGANISATION = re.compile("^(เทศบาลนคร|เทศบาลเมือง|เทศบาลตำบล|องค์การบริหารส่วนตำบล|องค์การบริหารส่วนจังหวัด)")


def pdf_of(document: Document, organisation: Organisation) -> bytes:
    """The PDF. The document goes in as inert JSON: nothing in it can be markup."""
    import typst  # 80 MB of engine: only when a PDF is made

    plain = _joined(fitted(asdict(document)))
    plain["keep_whole"] = words_kept_whole(organisation)
    return bytes(
        typst.compile(
            str(HERE / "templates" / "report.typ"),
            root=str(HERE / "templates"),
            font_paths=[str(HERE / "fonts")],
            ignore_system_fonts=True,
            sys_inputs={"document": json.dumps(plain, ensure_ascii=False)},
            pdf_standards=["ua-1", "a-2a"],
        )
    )


def words_kept_whole(organisation: Organisation) -> list[str]:
    """Words that no line may break, longest first: our terms and the names of the place."""
    terms = (HERE / "templates" / "terms.txt").read_text("utf-8").split()
    names = [_KINDS_OF_ORGANISATION.sub("", organisation.name), organisation.district, organisation.province]
    words = {*terms, *filter(_THAI_ONLY.fullmatch, names)}
    return sorted(words, key=lambda word: (-len(word), word))


def _joined(value: Any) -> Any:
    """Runs of text between figures as one string each: the engine must shape and break it as one."""
    if isinstance(value, dict):
        return {key: _joined(each) for key, each in value.items()}
    if not isinstance(value, list | tuple):
        return value
    if value and all(isinstance(each, dict) and each.keys() == {"text", "figure", "quoted"} for each in value):
        parts = [(key, "".join(run["text"] for run in runs)) for key, runs in groupby(value, lambda run: run["figure"])]
        return [{"figure": key, "text": text} for key, text in parts]
    return [_joined(each) for each in value]
