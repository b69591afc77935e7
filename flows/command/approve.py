"""prongsai approve: a person signs a release."""

from argparse import Namespace
from typing import cast

from flows.command.say import now, say
from flows.command.signer import passphrase
from flows.settings import Settings
from reports.sign.approvals import ROLES, Role
from reports.sign.approve import approve as approved
from reports.sign.keys import private_key
from reports.sign.ledger import release_folder
from reports.sign.verify import HOLDS, verify
from warehouse.vocabulary.errors import WrongSettings


def approve(settings: Settings, arguments: Namespace) -> int:
    """Sign a release and say whether anyone else must still sign."""
    folder = release_folder(settings.path(settings.releases), arguments.release)
    comments = dict(map(_note, arguments.note))
    signers = settings.path(settings.state) / "signers"
    done = approved(
        folder,
        private_key(signers, arguments.name, passphrase(arguments.lang)),
        name=arguments.name,
        role=cast(Role, arguments.role),
        comment=arguments.comment,
        comments=comments,
        sign_off=settings.sign_off,
        now=now(),
    )
    role = ROLES[done.role]
    whole = verify(folder).code == HOLDS
    th, en = ("ลงนามครบแล้ว เผยแพร่ได้", "ready to publish") if whole else ("รอผู้อนุมัติ", "the approver is next")
    say(
        arguments.lang,
        f"{done.name} ลงนาม {done.release} เป็น{role.th}แล้ว — {th}",
        f"{done.name} signed {done.release} as {role.en} — {en}",
    )
    return 0


def _note(text: str) -> tuple[str, str]:
    key, equals, words = text.partition("=")
    if not (equals and words):
        raise WrongSettings(f"--note ต้องเป็น ข้อสังเกต=คำอธิบาย ไม่ใช่ {text}", f"--note is FINDING=WORDS, unlike {text}")
    return key, words
