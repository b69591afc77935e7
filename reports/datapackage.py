"""What the open data are: a Fiscal Data Package with the fourteen fields that Thai data catalogues require."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from reports.chapters.report import newest_export, phrases_of
from reports.chapters.stand_in import stand_in_notes
from reports.csv_tables import CODE_PREFIX, RESOURCES, Resource, data_fields
from reports.sentences import PLACEHOLDER
from reports.words import ReportWords
from warehouse.vocabulary.records import ReportFacts

MEASURES = {
    "approved": ("approved", "approved"),
    "revised": ("revised", "adjusted"),
    "committed": ("committed", "committed"),
    "executed": ("disbursed", "executed"),
}
"""Measure -> (column, phase); committed is no phase of the standard, but the money that is no longer free."""


def datapackage_of(facts: ReportFacts, words: ReportWords, tables: Mapping[str, bytes]) -> bytes:
    """The descriptor of the CSV files `tables` (budget.csv, plan.csv, findings.csv), with their sizes and hashes."""
    organisation, period, phrases = facts.organisation, facts.period, phrases_of(facts)
    told = {key: PLACEHOLDER.sub(lambda found: phrases[found[1]], text) for key, text in words.open_data.items()}
    notes = stand_in_notes((facts.budget, facts.plan), period, words)
    package = {
        "profile": "tabular-data-package",
        "name": f"{organisation.code.lower()}-{period}",
        "title": told["title"],
        "description": " ".join([told["notes"], *(f"{note.th} / {note.en}" for note in notes)]),
        "created": newest_export(facts).isoformat(),
        "version": str(period),
        "languages": ["th", "en"],
        "countryCode": "TH",
        "currencyCode": "THB",
        "fiscalPeriod": {"start": period.start.isoformat(), "end": period.cut_off.isoformat()},
        "granularity": "aggregated",
        "licenses": [{"name": told["license_name"], "title": told["license_id"]}],
        "contributors": [{"title": told["maintainer"], "role": "maintainer"}],
        "keywords": told["tag_string"].split(","),
        "text_guard": "ข้อความที่โปรแกรมตารางจะเข้าใจว่าเป็นสูตร ตัวเลข หรือวันที่ มีเครื่องหมาย ' นำหน้าหนึ่งตัว ให้ตัดออกเมื่อใช้ / "
        "A text that a program would take for a formula, a number or a date stands behind one apostrophe: strip it",
        "resources": [_resource(name, tables[f"{name}.csv"]) for name in RESOURCES],
        "model": {
            "measures": {
                name: {
                    "resource": "budget",
                    "source": column,
                    "currency": "THB",
                    "direction": "expenditure",
                    "phase": phase,
                }
                for name, (column, phase) in MEASURES.items()
            },
            "dimensions": _dimensions(),
        },
        "thai_gdc": {field: told[field] for field in GDC_FIELDS},
        "organisation": {"code": CODE_PREFIX + organisation.code, "name": organisation.name},
    }
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


GDC_FIELDS = (
    "data_type",
    "title",
    "owner_org",
    "maintainer",
    "maintainer_email",
    "tag_string",
    "notes",
    "objective",
    "update_frequency_unit",
    "geo_coverage",
    "data_source",
    "data_format",
    "data_category",
    "license_id",
)
"""Mandatory metadata of the Government Data Catalog (ckanext-thai_gdc), by its own names."""


def _resource(name: Resource, content: bytes) -> dict[str, Any]:
    fields = [
        {
            "name": field.name,
            "type": field.type,
            "title": field.title.th,
            "description": field.description.th,
            "title_en": field.title.en,
            "description_en": field.description.en,
        }
        for field in data_fields(name)
    ]
    key = "number" if name == "findings" else "source_row"
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {"fields": fields, "primaryKey": ["organisation", "fiscal_year", "half", key]},
    }


def _dimensions() -> dict[str, Any]:
    def dimension(kind: str, key: list[str]) -> dict[str, Any]:
        attributes = {column: {"resource": "budget", "source": column} for column in key}
        return {"dimensionType": kind, "primaryKey": key, "attributes": attributes}

    return {
        "organisation": dimension("entity", ["organisation"]),
        "year": dimension("datetime", ["fiscal_year"]),
        "half": dimension("datetime", ["half"]),
        "functional": dimension("classification", ["programme", "work"]),
        "economic": dimension("classification", ["category", "expense_type"]),
        "project": dimension("activity", ["project"]),
        "line": dimension("other", ["source_row"]),
    }
