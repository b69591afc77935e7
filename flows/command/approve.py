"""prongsai approve: a person signs a release."""

import os
from argparse import Namespace
from pathlib import Path
from typing import cast

from flows.command.say import complain, now, say
from flows.command.signer import passphrase
from flows.server import answers, base_url, password_wanted, prepare
from flows.settings import Settings
from reports.manifest import period_of
from reports.sign.approvals import ROLES, Role
from reports.sign.approve import approve as approved
from reports.sign.keys import check_signer, private_key
from reports.sign.ledger import release_folder
from reports.sign.verify import HOLDS, verify
from warehouse.vocabulary.errors import ProngsaiError, Words, WrongSettings
from warehouse.vocabulary.fiscal import thai_date, thai_day


def approve(settings: Settings, arguments: Namespace) -> int:
    """Sign a release and say whether anyone else must still sign."""
    folder = release_folder(settings.path(settings.releases), arguments.release)
    comments = dict(map(_note, arguments.note))
    signers = settings.path(settings.state) / "signers"
    check_signer(signers, arguments.name)
    done = approved(
        folder,
        lambda: private_key(signers, arguments.name, passphrase(arguments.lang)),
        name=arguments.name,
        role=cast(Role, arguments.role),
        comment=arguments.comment,
        comments=comments,
        sign_off=settings.sign_off,
        now=now,
    )
    role = ROLES[done.role]
    verified = verify(folder)
    whole = verified.code == HOLDS
    th, en = ("ลงนามครบแล้ว เผยแพร่ได้", "ready to publish") if whole else ("รอผู้อนุมัติ", "the approver is next")
    if whole and thai_day(now()) < (ends := period_of(verified.manifest).cut_off):
        th, en = f"ลงนามครบแล้ว เผยแพร่ได้ตั้งแต่ {thai_date(ends)}", f"signed off; it can be published from {ends} on"
    say(
        arguments.lang,
        f"{done.name} ลงนาม {done.release} เป็น{role.th}แล้ว — {th}",
        f"{done.name} signed {done.release} as {role.en} — {en}",
    )
    if whole:
        _let_the_run_go_on(settings, arguments)
    return 0


def _let_the_run_go_on(settings: Settings, arguments: Namespace) -> None:
    """Tell a Prefect server at once, if there is one; else the next sync or start of `serve` does."""
    url = os.environ.get("PREFECT_API_URL") or f"{base_url(settings.serve_host, settings.serve_port)}/api"
    if not answers(url):
        return
    prepare(settings.path(settings.state))
    os.environ["PREFECT_API_URL"] = url
    from httpx import HTTPError, HTTPStatusError

    from flows.sign_off import resume_signed

    try:
        resumed = resume_signed(str(Path(arguments.config).resolve()))
    except (HTTPError, ProngsaiError) as cause:
        th, en = (
            "ลงนามแล้ว แต่บอก Prefect ไม่ได้ งานที่รออยู่จะไปต่อในรอบถัดไป",
            "signed; Prefect hears of it later",
        )
        why = Words(str(cause), str(cause))
        if isinstance(cause, HTTPStatusError) and (advice := password_wanted(cause.response.status_code)):
            why = Words(f"เซิร์ฟเวอร์ถามรหัสผ่าน: {advice.th}", f"it asks for a password: {advice.en}")
        complain(arguments.lang, Words(f"{th} ({why.th})", f"{en} ({why.en})"))
    else:
        if resumed:
            say(arguments.lang, "งานที่รอลงนามใน Prefect ไปต่อแล้ว", "the run that waited in Prefect goes on")


def _note(text: str) -> tuple[str, str]:
    key, equals, words = text.partition("=")
    if not (equals and words):
        raise WrongSettings(f"--note ต้องเป็น ข้อสังเกต=คำอธิบาย ไม่ใช่ {text}", f"--note is FINDING=WORDS, unlike {text}")
    return key, words
