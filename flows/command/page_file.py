"""A page that someone asked for."""

from pathlib import Path

from flows.whole import write_whole
from warehouse.vocabulary.errors import WrongSettings


def write_page(path: Path, page: str) -> None:
    """Put the page there. Raises WrongSettings if it cannot be written."""
    try:
        write_whole(path, page)
    except OSError as cause:
        raise WrongSettings(
            f"เขียน {path} ไม่ได้ ({cause.strerror})", f"{path} cannot be written ({cause.strerror})"
        ) from cause
