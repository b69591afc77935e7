"""prongsai signer: make the key that a person signs with."""

import os
from argparse import Namespace
from getpass import getpass

from flows.command.say import say, say_line, shown_path
from flows.settings import Settings
from reports.sign.keys import check_free, new_signer
from warehouse.vocabulary.errors import Language, WrongSettings


def signer(settings: Settings, arguments: Namespace) -> int:
    """Make a person's key, locked by a passphrase, and say what of it to hand on and what to keep."""
    signers = settings.path(settings.state) / "signers"
    check_free(signers, arguments.name)  # before anyone thinks of a passphrase
    public = new_signer(signers, arguments.name, passphrase(arguments.lang, new=True))
    say(
        arguments.lang,
        f"สร้างกุญแจของ {arguments.name} แล้ว แจกได้เฉพาะไฟล์นี้ ส่วนไฟล์ .key และรหัสผ่านห้ามให้ผู้ใด",
        f"made the key of {arguments.name}. Hand on this file only; keep the .key file and the passphrase to yourself",
    )
    say_line(f"    {shown_path(str(public))}")
    return 0


def passphrase(language: Language, *, new: bool = False) -> str:
    """The passphrase from PRONGSAI_PASSPHRASE, or asked for without showing it; a new one twice."""
    if told := os.environ.get("PRONGSAI_PASSPHRASE"):
        return told
    try:
        first = getpass("รหัสผ่านของกุญแจ: " if language == "th" else "Passphrase: ")
        if new and first != getpass("อีกครั้ง: " if language == "th" else "Once more: "):
            raise WrongSettings("รหัสผ่านสองครั้งไม่ตรงกัน", "the two passphrases differ")
    except EOFError as cause:
        raise WrongSettings(
            "ไม่มีรหัสผ่าน โปรดพิมพ์ หรือตั้ง PRONGSAI_PASSPHRASE", "no passphrase: type it, or set PRONGSAI_PASSPHRASE"
        ) from cause
    return first
