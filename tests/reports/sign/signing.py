"""A small release of two files, and two people with real keys, named by their posts."""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from reports.sign.approvals import Approval, Role, sha256_text
from reports.sign.approve import approve
from reports.sign.keys import public_text

NOW = datetime.datetime(2023, 4, 20, 2, 0, tzinfo=datetime.UTC)
WARNING = {
    "rule": "months_in_title",
    "severity": "warning",
    "source": "elaas",
    "cell": "A2",
    "message": {"th": "หัวตารางระบุ ๕ เดือน", "en": "The title says five months"},
    "resolved": False,
}


@dataclass(frozen=True)
class Person:
    """Somebody who signs."""

    name: str
    key: Ed25519PrivateKey

    def sign(self, folder: Path, role: Role, comment: str = "", **more: Any) -> Approval:
        """Approve a release now."""
        standard = {"comments": {}, "sign_off": "two", "now": lambda: NOW, "unlocked": lambda: self.key}
        return approve(folder, name=self.name, role=role, comment=comment, **(standard | more))


OFFICER = Person("นักวิเคราะห์นโยบายและแผน", Ed25519PrivateKey.generate())
CLERK = Person("ปลัดเทศบาล", Ed25519PrivateKey.generate())
KNOWN = {each.name: public_text(each.key.public_key()) for each in (OFFICER, CLERK)}


def write_release(
    releases: Path,
    version: int = 1,
    *,
    code: str = "751NH",
    figure: str = "3822121.63",
    files: Mapping[str, bytes] | None = None,
    **more: Any,
) -> Path:
    """The folder of a release, not signed; `more` replaces what its manifest says."""
    folder = releases / code / "2566-1" / f"v{version}"
    folder.mkdir(parents=True)
    files = files or {"report.pdf": b"%PDF " + figure.encode(), "report.html": f"<p>{figure}</p>".encode()}
    manifest = {
        "release": f"{code}-2566-1-v{version}",
        "organisation": {"code": code, "name": "เทศบาลตำบลคลองแสนแสบ"},
        "period": {"fiscal_year": 2566, "half": 1},
        "inputs": [{"file_name": "elaas.xlsx", "sha256": sha256_text(figure.encode())}],
        "figures": {"disbursed": {"title": "เบิกจ่าย", "value": figure, "printed": figure}},
        "findings": [WARNING],
        "previous": None if version == 1 else f"{code}-2566-1-v{version - 1}",
        "changes": [] if version == 1 else [{"title": "เบิกจ่าย", "before": "1.00", "after": figure}],
        "files": {name: {"sha256": sha256_text(content), "size": len(content)} for name, content in files.items()},
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    (folder / "manifest.json").write_text(json.dumps(manifest | more, ensure_ascii=False), "utf-8")
    return folder


def sign_by_two(folder: Path, comment: str = "") -> Path:
    """A release, signed by preparer and approver."""
    OFFICER.sign(folder, "preparer", comment)
    CLERK.sign(folder, "approver")
    return folder


def everything(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
