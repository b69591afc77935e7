"""A release: one version of one report, written once and never changed."""

import json
import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reports.chapters.document import Digits, Document
from reports.chapters.quality import expired_comments, without_expired
from reports.chapters.report import PHRASES, documents_of
from reports.chapters.sources import Change
from reports.docx import template_bytes
from reports.figures import figures_of
from reports.files import FILES, WordTemplate, contents_of
from reports.ita_items import items_of
from reports.manifest import MadeFrom, Plain, changes_since, inputs_key, manifest_of, sha256, version_in
from reports.proof.prove import prove
from reports.said import said_of
from reports.sign.ledger import last_published
from reports.words import words_of
from warehouse.vocabulary.errors import Damaged, Unreachable
from warehouse.vocabulary.records import Comment, ReportFacts

_VERSION = re.compile(r"v([1-9]\d*)")


@dataclass(frozen=True, slots=True)
class Release:
    """One version of one report; new: it was written just now. Figures: baht and percent as text, counts as numbers."""

    id: str
    folder: Path
    files: dict[str, Path]
    figures: Plain
    new: bool
    expired_comments: tuple[Comment, ...] = ()  # on what the report does not find any more: not printed


def make_release(
    facts: ReportFacts,
    *,
    words_file: Path | None,
    releases: Path,
    template: Path | None = None,
    digits: Digits = "mixed",
    own_items: Path | None = None,
) -> Release:
    """The release that says these facts in these words, in Word by an organisation's own template if it has one.

    own_items: a file of ITA items that goes before the house's. If the latest version was made from the same facts,
    words, template, digits, items and software, or by other software but says the same, it is that one and nothing is
    written; else the next version. Raises WrongSettings for a faulty words file, template or items file, Damaged if a
    kept version was changed or a file that was just written does not say what the figures say, Unreachable if the
    folder cannot be written.
    """
    expired = (*expired_comments(facts.budget), *expired_comments(facts.plan))
    facts = replace(facts, budget=without_expired(facts.budget), plan=without_expired(facts.plan))
    figures = figures_of(facts)
    words = words_of(words_file, {*figures, *PHRASES})
    word_template = WordTemplate(template_bytes(template), None if template is None else template.name)
    source = MadeFrom(facts, figures, words, word_template, digits, items_of(facts.period, own_items))
    key = inputs_key(source)
    shelf = releases / facts.organisation.code / str(facts.period)
    while True:
        latest = latest_version(shelf)
        folder = shelf / f"v{latest}"
        last = read_manifest(folder) if latest else None
        if last and _is_unchanged(folder, last, key, source):
            return _release(folder, last, expired, new=False)
        if _write(shelf, latest + 1, key, source, _compared_with(releases, shelf, last)):
            folder = shelf / f"v{latest + 1}"
            return _release(folder, read_manifest(folder), expired, new=True)


def _compared_with(releases: Path, shelf: Path, last: dict[str, Any] | None) -> dict[str, Any] | None:
    """The version that a new one tells its changes against: what the public has, else the version before."""
    published = last_published(releases, shelf.parent.name, shelf.name)
    return read_manifest(shelf / f"v{published}") if published else last


def _is_unchanged(folder: Path, manifest: dict[str, Any], key: str, source: MadeFrom) -> bool:
    """Whether a version was made from the same, or says the same: that is found out once, and kept beside it."""
    found = folder.with_name(f"{folder.name}.same")
    if key == manifest["key"] or (found.exists() and found.read_text("utf-8") == key):
        return True
    changes = [Change(**change) for change in manifest["changes"]]
    previous = version_in(manifest["previous"]) if manifest["previous"] else None
    documents = _documents(source, int(folder.name.removeprefix("v")), changes, previous)
    same = manifest.get("said") == said_of(source, documents)  # None in a manifest of before
    if same:
        found.write_text(key, "utf-8")
    return same


def _documents(source: MadeFrom, version: int, changes: Sequence[Change], previous: int | None) -> dict[str, Document]:
    facts, figures, words, digits, items = source.facts, source.figures, source.words, source.digits, source.items
    return documents_of(facts, figures, words, version, changes, digits, items, previous)


def latest_version(shelf: Path) -> int:
    """The number of the newest version on a shelf, 0 if there is none."""
    if not shelf.is_dir():
        return 0
    return max((int(found[1]) for path in shelf.iterdir() if (found := _VERSION.fullmatch(path.name))), default=0)


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a version. Raises Damaged if it or a file that it names is not what was written."""
    try:
        manifest: dict[str, Any] = json.loads((folder / FILES["manifest"]).read_text("utf-8"))
        kept = {name: file["sha256"] for name, file in manifest["files"].items()}
        changed = [name for name, hashed in kept.items() if sha256((folder / name).read_bytes()) != hashed]
    except (OSError, ValueError, KeyError) as error:
        raise Damaged(
            f"ฉบับใน {folder} ไม่ครบหรืออ่านไม่ได้: {error}", f"The release in {folder} is incomplete: {error}"
        ) from error
    if changed:
        raise Damaged(
            f"ไฟล์ในฉบับ {folder} ถูกแก้ไขหลังจัดทำ: {', '.join(changed)}",
            f"Files of the release {folder} were changed after they were written: {', '.join(changed)}",
        )
    return manifest


def _write(shelf: Path, version: int, key: str, source: MadeFrom, previous: dict[str, Any] | None) -> bool:
    """Write a version whole and proven, or not at all; False if someone else took its number meanwhile."""
    facts, figures, template = source.facts, source.figures, source.template
    changes = changes_since(previous, figures)
    documents = _documents(source, version, changes, version_in(previous["release"]) if previous else None)
    contents = contents_of(facts, figures, source.words, documents, template)
    identity = f"{facts.organisation.code}-{facts.period}-v{version}"
    manifest = manifest_of(identity, key, said_of(source, documents), source, previous, changes, contents)
    try:
        shelf.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix=f".v{version}-", dir=shelf))
    except OSError as cause:
        raise _unwritable(shelf, cause) from cause
    try:
        for name, content in contents.items():
            (unfinished / name).write_bytes(content)
        written = {name: (unfinished / name).read_bytes() for name in contents}
        prove(facts, figures, documents, written, own_template=template.own_name is not None)
        (unfinished / FILES["manifest"]).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", "utf-8")
        unfinished.chmod(0o755)  # mkdtemp is for its owner alone; a release is for everyone
        unfinished.rename(shelf / f"v{version}")
    except OSError as cause:
        if not (shelf / f"v{version}").exists():
            raise _unwritable(shelf, cause) from cause
        return False
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return True


def _unwritable(shelf: Path, cause: OSError) -> Unreachable:
    return Unreachable(
        f"เขียนรายงานใน {shelf} ไม่ได้ ({cause.strerror}) โปรดตรวจสิทธิ์และพื้นที่ว่าง แล้วสั่งอีกครั้ง",
        f"the report cannot be written to {shelf} ({cause.strerror}); check its rights and free space, then try again",
    )


def _release(folder: Path, manifest: dict[str, Any], expired: tuple[Comment, ...], *, new: bool) -> Release:
    figures = {key: figure["value"] for key, figure in manifest["figures"].items()}
    return Release(
        manifest["release"],
        folder,
        {kind: folder / name for kind, name in FILES.items() if (folder / name).exists()},
        figures,
        new,
        expired,
    )
