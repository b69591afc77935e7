"""What a release was made from and what it holds, for machines and for whoever verifies it later."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from reports.chapters.document import Digits
from reports.chapters.quality import comments_on, is_resolved
from reports.chapters.sources import Change
from reports.chapters.stand_in import stand_in_of
from reports.figure import Figure, Figures
from reports.files import STEMS, WordTemplate
from reports.ita_items import ItaItem
from reports.words import ReportWords
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period
from warehouse.vocabulary.records import LoadedExport, ReportFacts

HERE = Path(__file__).parent
_DECIDING = {".py", ".csv", ".toml", ".typ", ".j2", ".css", ".js", ".txt", ".ttf", ".woff2", ".docx"}
_PACKAGES = ("prongsai", "typst", "docxtpl", "python-docx", "xlsxwriter")
Plain = dict[str, str | int | None]


def sha256(content: bytes) -> str:
    """The hash as text."""
    return hashlib.sha256(content).hexdigest()


def inputs_key(
    facts: ReportFacts,
    words: ReportWords,
    own_template: bytes | None,
    digits: Digits,
    items: Mapping[str, ItaItem],
) -> str:
    """One hash over all that decides a report's bytes: facts, words, own Word template, digits, ITA items, software."""
    template = None if own_template is None else sha256(own_template)
    told = {
        "facts": asdict(facts),
        "words": words.sha256,
        "template": template,
        "digits": digits,
        "ita_items": {name: asdict(item) for name, item in items.items()},
        "made_with": made_with(),
    }
    return sha256(json.dumps(told, default=str, sort_keys=True, ensure_ascii=False).encode("utf-8"))


@cache
def made_with() -> Mapping[str, str]:
    """Versions of the software, and one hash of what writes a report: a house may have changed its templates."""
    room = hashlib.sha256()
    deciding = (path for path in HERE.rglob("*") if path.suffix in _DECIDING and HERE / "sign" not in path.parents)
    for path in sorted(deciding):
        room.update(path.relative_to(HERE).as_posix().encode("utf-8") + b"\0" + path.read_bytes())
    return {package: _version_of(package) for package in _PACKAGES} | {"reports": room.hexdigest()}


def _version_of(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "unknown"


def changes_since(previous: Mapping[str, Any] | None, figures: Figures) -> tuple[Change, ...]:
    """Figures that differ from the version before."""
    if previous is None:
        return ()
    before = previous["figures"]
    return tuple(
        Change(key, figure.title, _printed(before[key]["printed"]), _printed(figure.printed))
        for key, figure in figures.items()
        if key in before and before[key]["value"] != figure.plain
    )


def _printed(value: str | None) -> str:
    return "ไม่มีข้อมูล" if value is None else value


def manifest_of(
    identity: str,
    key: str,
    said: str,
    facts: ReportFacts,
    figures: Figures,
    words: ReportWords,
    template: WordTemplate,
    items: Mapping[str, ItaItem],
    previous: Mapping[str, Any] | None,
    changes: Sequence[Change],
    contents: Mapping[str, bytes],
) -> dict[str, Any]:
    """The manifest as plain data; key: of all that it was made from, said: of all that it says."""
    return {
        "release": identity,
        "organisation": asdict(facts.organisation),
        "period": {"fiscal_year": facts.period.fiscal_year.year, "half": facts.period.half.value},
        "key": key,
        "said": said,
        "made_with": dict(made_with()),
        "words": {
            "file": words.file_name,
            "sha256": words.sha256,
            "unconfirmed_measures": words.unconfirmed,
        },
        "template": None
        if template.own_name is None
        else {"file": template.own_name, "sha256": sha256(template.content)},
        **told_of(facts, figures, items),
        "previous": None if previous is None else previous["release"],
        "changes": [asdict(change) for change in changes],
        "files": {name: {"sha256": sha256(content), "size": len(content)} for name, content in contents.items()},
    }


def told_of(facts: ReportFacts, figures: Figures, items: Mapping[str, ItaItem]) -> dict[str, Any]:
    """What a manifest tells of documents, inputs, figures, findings and corrections."""
    exports = (facts.budget, facts.plan)
    return {
        "documents": {name: _document(items, name, f"{stem}.pdf") for name, stem in STEMS.items()},
        "inputs": [_input(export, facts.period) for export in exports],
        "figures": {key: _figure(figure) for key, figure in figures.items()},
        "findings": [finding for export in exports for finding in _findings(export)],
        "corrections": [correction for export in exports for correction in _corrections(export)],
    }


def period_of(manifest: Mapping[str, Any]) -> Period:
    """The period of the release that a manifest is of."""
    return Period(FiscalYear(manifest["period"]["fiscal_year"]), Half(manifest["period"]["half"]))


def _document(items: Mapping[str, ItaItem], name: str, file: str) -> dict[str, Any]:
    """A public document and the ITA item that it serves; null where none is known."""
    return {"file": file, "ita_item": asdict(items[name]) if name in items else None}


def _input(export: LoadedExport, period: Period) -> dict[str, Any]:
    came, title = export.export, export.title
    return {
        "source": export.source,
        "file_name": came.file_name,
        "sha256": came.sha256,
        "size": came.size,
        "fetched_at": came.fetched_at.isoformat(),
        "via": came.via,
        "period": str(export.period),
        "stand_in": stand_in_of(export, period),
        "sheet": export.sheet,
        "rows": export.rows,
        "data_date": None if title.data_date is None else title.data_date.isoformat(),
        "call_date": None if title.call_date is None else title.call_date.isoformat(),
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "title": figure.title,
        "unit": figure.unit,
        "value": figure.plain,
        "printed": figure.printed,
        "formula": figure.formula,
        "origins": [asdict(origin) for origin in dict.fromkeys(figure.origins)],
    }


def _findings(export: LoadedExport) -> list[dict[str, Any]]:
    return [
        {
            **asdict(finding),
            "source": export.source,
            "resolved": is_resolved(export, finding),
            "comments": [
                {"comment": one.text, "who": one.who, "when": one.when.isoformat()}
                for one in comments_on(export, finding)
            ],
        }
        for finding in export.findings
    ]


def _corrections(export: LoadedExport) -> list[dict[str, Any]]:
    return [
        {
            "source": export.source,
            "cell": applied.correction.cell,
            "row": applied.row,
            "source_row": applied.source_row,
            "column": applied.column,
            "printed": applied.correction.printed,
            "right": applied.correction.right,
            "reason": applied.correction.reason,
            "who": applied.correction.who,
            "when": applied.correction.when.isoformat(),
            "evidence": applied.correction.evidence,
        }
        for applied in export.corrections
    ]
