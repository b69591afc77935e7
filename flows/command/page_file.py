"""A page that someone asked for, written whole or not at all."""

from pathlib import Path

from warehouse.vocabulary.errors import WrongSettings


def write_page(path: Path, page: str) -> None:
    """Put the page there. Raises WrongSettings if it cannot be written."""
    partial = path.with_name(f"{path.name}.part")
    try:
        partial.write_text(page, encoding="utf-8")
        partial.replace(path)
    except OSError as cause:
        raise WrongSettings(
            f"เขียน {path} ไม่ได้ ({cause.strerror})", f"{path} cannot be written ({cause.strerror})"
        ) from cause
