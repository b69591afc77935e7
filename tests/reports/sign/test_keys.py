"""Keys: locked, for their owner alone, and never overwritten."""

import stat
from pathlib import Path

import pytest

from reports.sign.keys import known_keys, new_signer, private_key, public_text
from warehouse.vocabulary.errors import Damaged, NotReady, WrongSettings

NAME, PASSPHRASE = "ปลัดเทศบาล", "ยาวพอสำหรับกุญแจ"


def test_a_new_signer_has_a_locked_key_for_its_owner_alone_and_a_public_one(tmp_path: Path) -> None:
    folder = tmp_path / "signers"
    assert new_signer(folder, NAME, PASSPHRASE) == folder / f"{NAME}.pub"
    secret = folder / f"{NAME}.key"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert secret.read_bytes().startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
    assert known_keys(folder) == {NAME: public_text(private_key(folder, NAME, PASSPHRASE).public_key())}


def test_a_wrong_passphrase_opens_nothing(tmp_path: Path) -> None:
    new_signer(tmp_path, NAME, PASSPHRASE)
    for wrong in ("", PASSPHRASE + " "):
        with pytest.raises(WrongSettings, match="passphrase"):
            private_key(tmp_path, NAME, wrong)


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    new_signer(tmp_path, NAME, PASSPHRASE)
    before = (tmp_path / f"{NAME}.key").read_bytes()
    with pytest.raises(NotReady):
        new_signer(tmp_path, NAME, PASSPHRASE)
    assert (tmp_path / f"{NAME}.key").read_bytes() == before


def test_a_public_key_is_never_overwritten_though_its_private_half_is_gone(tmp_path: Path) -> None:
    public = new_signer(tmp_path, NAME, PASSPHRASE)
    before = public.read_bytes()
    (tmp_path / f"{NAME}.key").unlink()  # as docs/troubles.md tells who forgot the passphrase
    with pytest.raises(NotReady, match=f"{NAME} 2"):
        new_signer(tmp_path, NAME, PASSPHRASE)
    assert public.read_bytes() == before
    assert not (tmp_path / f"{NAME}.key").exists()


@pytest.mark.parametrize("name", ["", " a", ".a", "a/b", "..", "a\\b", "a\nb", "a\u200bb", "a:b", "e\u0301", "ก" * 101])
def test_a_name_that_is_no_file_name_or_looks_like_another_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(WrongSettings):
        new_signer(tmp_path, name, PASSPHRASE)
    with pytest.raises(WrongSettings):
        private_key(tmp_path, name, PASSPHRASE)
    assert list(tmp_path.iterdir()) == []


def test_a_short_passphrase_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongSettings, match="12"):
        new_signer(tmp_path, NAME, "short")


def test_who_has_no_key_is_told_who_has_one_and_how_to_make_one(tmp_path: Path) -> None:
    new_signer(tmp_path, "กองคลัง", PASSPHRASE)
    with pytest.raises(WrongSettings, match=r"กองคลัง.*signer add"):
        private_key(tmp_path, NAME, PASSPHRASE)


def test_what_is_no_public_key_is_called_damaged(tmp_path: Path) -> None:
    (tmp_path / "x.pub").write_text("no key")
    with pytest.raises(Damaged, match=r"x\.pub"):
        known_keys(tmp_path)
