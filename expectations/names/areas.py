"""Which districts (อำเภอ) a province has, and what was probably meant by one that it has not."""

import csv
import functools
from collections.abc import Collection
from importlib.resources import files


def is_place(district: str, province: str) -> bool:
    """Whether there is such a district in such a province; อำเภอเมือง may go without the province's name."""
    return bool({district, district + province} & _districts().get(province, frozenset()))


def likely_places(district: str, province: str) -> str | None:
    """The places that were probably meant: the provinces with such a district, else the nearest name; None if none."""
    found = [f"อ.{district} จ.{one}" for one, districts in _districts().items() if district in districts]
    return " หรือ ".join(found) or _nearest(district, province)


def provinces() -> Collection[str]:
    """The names of all provinces."""
    return _districts().keys()


def districts_in(province: str | None) -> Collection[str]:
    """The names of a province's districts; of all, if there is no such province."""
    return _districts().get(province or "") or frozenset().union(*_districts().values())


def _nearest(district: str, province: str) -> str | None:
    from rapidfuzz import fuzz, process  # only where a place is wrong

    def like(name: str, names: list[str]) -> str | None:
        found = process.extractOne(name, names, scorer=fuzz.ratio, score_cutoff=60)
        return str(found[0]) if found else None

    meant = like(province, list(_districts()))
    if meant is None:
        return None
    near = district if is_place(district, meant) else like(district, sorted(_districts()[meant]))
    return f"อ.{near} จ.{meant}" if near else None


@functools.cache
def _districts() -> dict[str, frozenset[str]]:
    text = (files("expectations") / "names" / "districts.csv").read_text(encoding="utf-8")
    districts: dict[str, set[str]] = {}
    for line in csv.DictReader(text.splitlines()):
        districts.setdefault(line["province"], set()).add(line["district"])
    return {province: frozenset(names) for province, names in districts.items()}
