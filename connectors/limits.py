"""How large an export may be before we refuse to open it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one file; the defaults fit an office PC and any municipality's export."""

    bytes: int = 50_000_000
    unpacked_bytes: int = 500_000_000
    rows: int = 200_000
    columns: int = 200
    seconds: float = 60.0
