"""What a run that stopped for sign-off shows of its drafts, in Markdown: what they say, what they lack, what to do."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from flows.pages.links import release_links
from flows.settings import Settings
from flows.watch.wrong import period_words
from reports.html import english_of
from reports.manifest import period_of
from reports.release import read_manifest
from reports.sign.approvals import SIGNERS
from reports.sign.ledger import release_folder
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.records import Severity
from warehouse.vocabulary.wording import SEVERITIES

_MOST_SHOWN = 20
_FIGURES = ("revised", "disbursed", "percent_disbursed", "plan_projects", "plan_completed")


def before_sign_off(settings: Settings, lacking: Mapping[str, Words], failed: str = "", *, again: bool) -> str:
    """The form's text for these drafts; failed: of the reports without one; again: resumed before all had signed."""
    root = settings.path(settings.releases)
    lines = [f"## รอลงนาม {len(lacking)} ฉบับ / To be signed: {len(lacking)}", ""]
    if again:
        lines += [
            "**ยังไม่พบลายเซ็นครบในบัญชีการลงนาม จึงยังไปต่อไม่ได้** การกดปุ่มที่นี่ไม่ใช่การลงนาม / "
            "**The ledger lacks signatures, so this cannot go on.** Pressing a button here signs nothing.",
            "",
        ]
    if failed:
        lines += [f"**{failed}**", ""]
    for release, words in islice(lacking.items(), _MOST_SHOWN):
        lines += [*_draft(settings, release, release_folder(root, release), words), ""]
    if len(lacking) > _MOST_SHOWN:
        more = len(lacking) - _MOST_SHOWN
        lines += [f"และอีก {more} ฉบับ / and {more} more: `prongsai status`", ""]
    first = next(iter(lacking))
    lines += [
        "**ลงนามด้วยคำสั่ง** เมื่อลงนามครบทุกฉบับ งานนี้ไปต่อเอง / **Sign by command**, and this run goes on",
        "",
        *(f'    prongsai approve {first} --role {role} --as "ชื่อ-สกุล"' for role in SIGNERS[settings.sign_off]),
    ]
    return "\n".join(lines)


def after_sign_off(awaited: Sequence[str], states: Mapping[str, Words | None], failed: str = "") -> str:
    """What became of each release that was waited for; those without a state were replaced by a newer version."""
    lines = ["# ผลการลงนาม / What became of the sign-off", *([f"- **{failed}**"] if failed else [])]
    for release in awaited:
        if release in states:
            lines.append(
                f"- **{release}** ลงนามครบแล้ว เผยแพร่ด้วย / is signed, publish it: `prongsai publish {release} --to …`"
            )
        else:
            lines.append(f"- {release} มีฉบับใหม่แทนแล้ว ไม่ต้องลงนาม / was replaced by a newer version, no need to sign")
    return "\n".join(lines)


def _draft(settings: Settings, release: str, folder: Path, lacking: Words) -> Iterator[str]:
    manifest = read_manifest(folder)
    yield f"### {release}"
    yield f"{manifest['organisation']['name']} {period_words(period_of(manifest)).in_both}"
    yield ""
    for key in _FIGURES:
        yield f"- {_told(manifest['figures'][key])}"
    yield f"- ข้อสังเกต / Findings: {_findings(manifest)}"
    if manifest["previous"]:
        before, changes = manifest["previous"], len(manifest["changes"])
        yield f"- เปลี่ยนจาก {before} {changes} ค่า / Figures changed since {before}: {changes}: `prongsai diff {release}`"
    yield f"- **{lacking.in_both}**"
    yield f"- อ่านร่าง / Read the draft: {release_links(settings, folder)}"


def _findings(manifest: Mapping[str, Any]) -> str:
    counted = Counter(Severity(finding["severity"]) for finding in manifest["findings"])
    return ", ".join(f"{SEVERITIES[one].in_both} {counted[one]}" for one in Severity if counted[one]) or "ไม่มี / none"


def _told(figure: Mapping[str, Any]) -> str:
    title = Words(figure["title"], english_of(figure["title"])).in_both
    if figure["printed"] is None:
        return f"{title}: ไม่มีข้อมูล / no value"
    return f"{title}: {figure['printed']}" + (" บาท / baht" if figure["unit"] == "baht" else "")
