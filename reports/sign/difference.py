"""What a release says otherwise than the version before."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from reports.sign.approvals import finding_key
from reports.sign.verify import MANIFEST
from warehouse.vocabulary.errors import Damaged, Words

Manifest = Mapping[str, Any]


_PARTS = {
    "words": Words("ถ้อยคำของหน่วยงาน", "the organisation's words"),
    "corrections": Words("การแก้ไขตัวเลข", "corrections"),
    "documents": Words("ข้อ ITA ของเอกสาร", "the ITA items of the documents"),
    "template": Words("แม่แบบ Word", "the Word template"),
}


@dataclass(frozen=True, slots=True)
class Changed:
    """One figure that differs, as printed; None where a version does not have it. By: how much more it is now."""

    key: str
    title: str
    before: str | None
    after: str | None
    by: Decimal | None


@dataclass(frozen=True, slots=True)
class Difference:
    """Against which release (None: it is the first), figures, the keys of findings, names of files, and what else."""

    release: str
    previous: str | None
    figures: tuple[Changed, ...] = ()
    new_findings: tuple[str, ...] = ()
    gone_findings: tuple[str, ...] = ()
    new_inputs: tuple[str, ...] = ()
    others: tuple[Words, ...] = ()


def difference(folder: Path, against: Path | None = None) -> Difference:
    """What changed since the version before, or since another. Raises Damaged if a manifest cannot be read."""
    now = _manifest(folder)
    if against is None and now["previous"] is None:
        return Difference(now["release"], None)
    before = _manifest(against or folder.resolve().parent / now["previous"].rpartition("-")[2])
    found, was_found = _finding_keys(now), _finding_keys(before)
    known = {one["sha256"] for one in before["inputs"]}
    return Difference(
        now["release"],
        before["release"],
        tuple(_changed(before["figures"], now["figures"])),
        tuple(key for key in found if key not in was_found),
        tuple(key for key in was_found if key not in found),
        tuple(one["file_name"] for one in now["inputs"] if one["sha256"] not in known),
        tuple(_others(before, now)),
    )


def _others(before: Manifest, now: Manifest) -> Iterator[Words]:
    """What else a signer must read again; a manifest of before may tell less, which is then no difference."""
    for name, words in _PARTS.items():
        if name in before and name in now and before[name] != now[name]:
            yield words
    said = {finding_key(one): one.get("comments") or [] for one in before["findings"]}
    for one in now["findings"]:
        if (one.get("comments") or []) != said.get(finding_key(one), []):
            yield Words(f"คำชี้แจงข้อสังเกต {finding_key(one)}", f"the comment on finding {finding_key(one)}")


def _changed(before: Manifest, now: Manifest) -> Iterator[Changed]:
    absent = {"value": None, "printed": None}
    for key in dict.fromkeys([*now, *before]):
        old, new = before.get(key, absent), now.get(key, absent)
        if old["value"] != new["value"]:
            title = (now if key in now else before)[key]["title"]
            yield Changed(key, title, old["printed"], new["printed"], _more(old["value"], new["value"]))


def _more(old: object, new: object) -> Decimal | None:
    try:
        return Decimal(str(new)) - Decimal(str(old))
    except InvalidOperation:  # words, or no value
        return None


def _finding_keys(manifest: Manifest) -> list[str]:
    return [finding_key(one) for one in manifest["findings"] if not one["resolved"]]


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        manifest: dict[str, Any] = json.loads(path.read_bytes())
    except (OSError, ValueError) as cause:
        raise Damaged(f"อ่าน {path} ไม่ได้: {cause}", f"{path} cannot be read: {cause}") from cause
    return manifest
