"""What a release was made from and what it holds, for machines and for whoever verifies it later."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
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


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """What a release is made from; beside it only the software decides its bytes."""

    facts: ReportFacts
    figures: Figures  # of these facts
    words: ReportWords
    template: WordTemplate
    digits: Digits
    items: Mapping[str, ItaItem]

    @property
    def own_template(self) -> str | None:
        """The hash of the organisation's own Word template; None if it has none."""
        return None if self.template.own_name is None else sha256(self.template.content)


def inputs_key(source: MadeFrom) -> str:
    """One hash over all that decides a report's bytes: what it is made from, and the software."""
    told = {
        "facts": asdict(source.facts),
        "words": source.words.sha256,
        "template": source.own_template,
        "digits": source.digits,
        "ita_items": {name: asdict(item) for name, item in source.items.items()},
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
    source: MadeFrom,
    previous: Mapping[str, Any] | None,
    changes: Sequence[Change],
    contents: Mapping[str, bytes],
) -> dict[str, Any]:
    """The manifest as plain data; key: of all that it was made from, said: of all that it says."""
    facts, words, template = source.facts, source.words, source.own_template
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
        "template": template and {"file": source.template.own_name, "sha256": template},
        **told_of(source),
        "previous": None if previous is None else previous["release"],
        "changes": [asdict(change) for change in changes],
        "files": {name: {"sha256": sha256(content), "size": len(content)} for name, content in contents.items()},
    }


def told_of(source: MadeFrom) -> dict[str, Any]:
    """What a manifest tells of documents, inputs, figures, findings and corrections."""
    exports = (source.facts.budget, source.facts.plan)
    return {
        "documents": {name: _document(source.items, name, f"{stem}.pdf") for name, stem in STEMS.items()},
        "inputs": [_input(export, source.facts.period) for export in exports],
        "figures": {key: _figure(figure) for key, figure in source.figures.items()},
        "findings": [finding for export in exports for finding in _findings(export)],
        "corrections": [correction for export in exports for correction in _corrections(export)],
    }


def period_of(manifest: Mapping[str, Any]) -> Period:
    """The period of the release that a manifest is of."""
    return Period(FiscalYear(manifest["period"]["fiscal_year"]), Half(manifest["period"]["half"]))


def version_in(release: str) -> int:
    """The number after the v of a release's id."""
    return int(release.rpartition("-v")[2])


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
        "rules_version": export.rules_version,
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
