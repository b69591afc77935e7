"""A signed release made public: once, whole, and never over an earlier version."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reports.manifest import period_of, version_in
from reports.sign.approvals import ROLES, SignOff
from reports.sign.approve import unaltered
from reports.sign.difference import Changed, difference
from reports.sign.ledger import Entry, approvals_file, locked, open_ledger, shelf_root
from reports.sign.pages import OURS, Record, pages_of
from reports.sign.refusals import (
    code_of,
    last_version,
    left_at_target,
    published_unchanged,
    reasons_against,
    reasons_of_inputs,
    refused,
)
from reports.sign.site import Site, check_address, check_public, shown_target
from reports.sign.verify import MANIFEST, Verified
from warehouse.vocabulary.errors import NotReady


@dataclass(frozen=True, slots=True)
class Publication:
    """A release at a target; new: it was put on record just now, else put right there. Paths are relative to it."""

    release: str
    target: str
    paths: tuple[str, ...]
    new: bool


def publish(
    folder: Path,
    target: str,
    *,
    now: datetime.datetime,
    sign_off: SignOff,
    known: Mapping[str, str],
    current: Callable[[], Path],
    address: str | None = None,
) -> Publication:
    """Put a release at a target (folder or fsspec address), read it back from its public address and record it.

    May be killed and run again at any point: what is there is kept, what is missing is added, the record comes last.
    known: signers' names and public keys; current: gives the folder of the release that today's inputs make.
    Raises NotReady with the reasons against it, or if it is on record and all of it is there; Damaged if the release or
    a version at the target was changed, Unreachable, WrongSettings.
    """
    root = shelf_root(folder)
    with locked(root / ".publishing.lock"):
        with open_ledger(root) as ledger:
            release = unaltered(folder, ledger)
            earlier = _publications(ledger.entries, shown_target(target))
        record = next((one for one in earlier if one["manifest_sha256"] == release.manifest_sha256), None)
        new = record is None
        if record is None:
            reasons = reasons_against(folder, release, earlier, now, sign_off, known)
            if reasons := reasons or reasons_of_inputs(release, current()):
                raise refused(release.manifest["release"], reasons)
            record = _record(folder, release, earlier, shown_target(target), now)
            earlier = [*earlier, record]
        if address is not None:
            check_address(address)
        contents, changed = _put(Site(target), folder, record, earlier)
        if address is not None:
            check_public(address, contents, left_at_target(record, new=new))
        if new:
            with open_ledger(root) as ledger:
                ledger.append("publication", record)
        elif not changed:
            raise refused(record["release"], [published_unchanged(record)])
    return Publication(record["release"], record["target"], tuple(contents), new)


def _publications(entries: Sequence[Entry], target: str) -> list[Record]:
    return [one.record for one in entries if one.kind == "publication" and one.record["target"] == target]


def _record(folder: Path, release: Verified, earlier: Sequence[Record], target: str, now: datetime.datetime) -> Record:
    """What the ledger says of a publication, and the pages from it; changes: against the version published before."""
    manifest = release.manifest
    last = last_version(manifest, earlier)
    before = folder.resolve().with_name(f"v{last}")
    changes = [_change(each) for each in difference(folder, before).figures] if last else None
    return {
        "release": manifest["release"],
        "manifest_sha256": release.manifest_sha256,
        "target": target,
        "organisation": manifest["organisation"]["name"],
        "code": code_of(manifest),
        "period": str(period_of(manifest)),
        "version": version_in(manifest["release"]),
        "files": [*manifest["files"], MANIFEST],
        "approvals": approvals_file(folder.resolve()).name,
        "signers": [f"{ROLES[one.role].th}: {one.name}" for one in release.approvals],
        "changes": changes,
        "reason": next((one.comment for one in release.approvals if one.comment), ""),
        "published_at": now.astimezone(datetime.UTC).isoformat(timespec="seconds"),
    }


def _change(figure: Changed) -> dict[str, str | None]:
    return {"title": figure.title, "before": figure.before, "after": figure.after}


def _put(site: Site, folder: Path, record: Record, records: Sequence[Record]) -> tuple[dict[str, bytes], bool]:
    """Put the version, then the latest names, then the pages that lead there; each folder in one step where it can be.

    Gives what is there then, by path, and whether any of it was not so before.
    """
    page = site.content("index.html")
    if page is not None and OURS not in page:
        raise NotReady(
            f"{site.name} มีหน้าแรก index.html ของเว็บไซต์อยู่แล้ว โปรดระบุโฟลเดอร์ย่อยที่ว่าง",
            f"{site.name} has a start page that is not ours; name a folder of its own for the reports",
        )
    shelf = f"{record['code']}/{record['period']}"
    signed = approvals_file(folder.resolve()).read_bytes()
    files = {name: (folder / name).read_bytes() for name in record["files"]}
    siblings = [one for one in records if (one["code"], one["period"]) == (record["code"], record["period"])]
    shown = [(f"v{record['version']}", record["approvals"], set[str]())]
    if record["version"] == max(one["version"] for one in siblings):
        shown.append(("latest", "latest.approvals.jsonl", {name for one in siblings for name in one["files"]}))
    contents, changed = dict[str, bytes](), list[bool]()
    for name, approvals, ours in shown:
        contents |= {f"{shelf}/{approvals}": signed} | {f"{shelf}/{name}/{file}": files[file] for file in files}
        changed.append(site.put(f"{shelf}/{approvals}", signed, replace=bool(ours)))
        changed.append(site.put_folder(f"{shelf}/{name}", files, ours=ours))
    pages = pages_of(records, record["code"])
    changed += [site.put(path, content, replace=True) for path, content in pages.items()]
    return contents | pages, any(changed)
