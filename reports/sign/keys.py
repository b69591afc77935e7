"""A person's Ed25519 key: kept under a passphrase in one folder, known to others by its public half."""

import os
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from warehouse.vocabulary.errors import Damaged, NotReady, WrongSettings

SHORTEST_PASSPHRASE = 12
"""Characters: PKCS8 as `cryptography` writes it stretches by 2,048 rounds of PBKDF2 only, so length must carry it."""
_LONGEST_NAME = 100


def new_signer(folder: Path, name: str, passphrase: str) -> Path:
    """The file with the public key of a new signer; the private one lies beside it, for its owner alone.

    Raises what `check_free` does, and WrongSettings for a passphrase that will not do.
    """
    check_free(folder, name)
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise WrongSettings(
            f"รหัสผ่านของกุญแจสั้นเกินไป ต้องมีอย่างน้อย {SHORTEST_PASSPHRASE} ตัวอักษร",
            f"the passphrase is too short: at least {SHORTEST_PASSPHRASE} characters",
        )
    key = Ed25519PrivateKey.generate()
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase.encode()))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    public = folder / f"{name}.pub"
    try:
        opened = os.open(folder / f"{name}.key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as cause:
        raise _taken(folder, name) from cause
    with os.fdopen(opened, "wb") as file:
        file.write(secret)
    public.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return public


def check_free(folder: Path, name: str) -> None:
    """Raises WrongSettings for a name that will not do, NotReady if a signer has it already."""
    _check_name(name)
    # Its owner's signatures hold by the public half alone, whether or not the private one is still here.
    if any((folder / f"{name}{half}").exists() for half in (".pub", ".key")):
        raise _taken(folder, name)


def _taken(folder: Path, name: str) -> NotReady:
    return NotReady(
        f'มีกุญแจของ {name} อยู่แล้วใน {folder} ไม่ได้แก้ไข ถ้าลืมรหัสผ่าน ให้สร้างในชื่อที่ต่างไป เช่น "{name} 2"',
        f"{name} has a key in {folder} already; it was not changed. If the passphrase is lost, take another name, "
        f'such as "{name} 2"',
    )


def check_signer(folder: Path, name: str) -> None:
    """Raises WrongSettings if there is no key of this name, whatever its passphrase."""
    _check_name(name)
    if not (folder / f"{name}.key").is_file():
        there = ", ".join(sorted(path.stem for path in folder.glob("*.key"))) or "–"
        raise WrongSettings(
            f'ไม่พบกุญแจของ {name} ที่มีคือ {there} โปรดตรวจการสะกด หรือสั่ง prongsai signer add "{name}"',
            f'{name} has no key; there are those of {there}. Check the spelling, or run prongsai signer add "{name}"',
        )


def private_key(folder: Path, name: str, passphrase: str) -> Ed25519PrivateKey:
    """A signer's key, unlocked. Raises WrongSettings if there is none or the passphrase is not its own."""
    check_signer(folder, name)
    try:
        key = load_pem_private_key((folder / f"{name}.key").read_bytes(), passphrase.encode())
    except (ValueError, TypeError, OSError, UnsupportedAlgorithm) as cause:
        raise WrongSettings(
            f"เปิดกุญแจของ {name} ไม่ได้: รหัสผ่านไม่ถูกต้อง หรือไฟล์กุญแจเสียหาย",
            f"the key of {name} does not open: the passphrase is wrong, or the key file is damaged",
        ) from cause
    if not isinstance(key, Ed25519PrivateKey):
        raise WrongSettings(f"กุญแจของ {name} ไม่ใช่ชนิด Ed25519", f"the key of {name} is not an Ed25519 key")
    return key


def public_text(key: Ed25519PublicKey) -> str:
    """A public key as approvals hold it: its 32 bytes in hexadecimal."""
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def known_keys(folder: Path) -> Mapping[str, str]:
    """Name to public key of every NAME.pub in a folder. Raises Damaged for a file that is no such key."""
    return {unicodedata.normalize("NFC", path.stem): _public(path) for path in sorted(folder.glob("*.pub"))}


def _public(path: Path) -> str:
    try:
        key = load_pem_public_key(path.read_bytes())
    except (ValueError, OSError, UnsupportedAlgorithm) as cause:
        raise _no_key(path) from cause
    if not isinstance(key, Ed25519PublicKey):
        raise _no_key(path)
    return public_text(key)


def _no_key(path: Path) -> Damaged:
    return Damaged(f"{path} ไม่ใช่กุญแจสาธารณะ Ed25519", f"{path} is not an Ed25519 public key")


def _check_name(name: str) -> None:
    """A name is a file's name too, and people read it: letters, digits, spaces and . - _ ( ) only."""
    plain = all(unicodedata.category(each)[0] in "LMN" or each in " .-_()" for each in name)
    whole = name == unicodedata.normalize("NFC", name.strip()) and 0 < len(name) <= _LONGEST_NAME
    if not (plain and whole) or name.startswith("."):
        raise WrongSettings(
            f"ใช้ชื่อ {name!r} ไม่ได้ ใช้ได้เฉพาะตัวอักษร ตัวเลข เว้นวรรค และ . - _ ( ) ไม่เกิน {_LONGEST_NAME} ตัว",
            f"{name!r} cannot be a signer's name: letters, digits, spaces and . - _ ( ), up to {_LONGEST_NAME}",
        )
