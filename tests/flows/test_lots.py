"""Cutting what waits into lots that do not depend on each other."""

from pathlib import Path

import pytest

from connectors.inbox import Waiting
from flows.lots import cut


def waiting(path: str, organisation: str | None) -> Waiting:
    return Waiting(Path(path), 1, 0.0, True, organisation, ())


def paths(stages: list[list[list[Waiting]]]) -> list[list[list[str]]]:
    return [[[str(file.path) for file in lot] for lot in stage] for stage in stages]


def test_files_of_one_organisation_stand_in_one_lot_wherever_they_lie():
    files = [waiting(f"{source}/{code:05d}.xlsx", f"{code:05d}") for source in "ab" for code in range(120)]
    [together] = cut(files, shared=True)
    assert [len(lot) for lot in together] == [100, 100, 40]
    assert paths([together])[0][0][:4] == ["a/00000.xlsx", "b/00000.xlsx", "a/00001.xlsx", "b/00001.xlsx"]


def test_an_organisation_is_never_split_even_if_its_files_are_more_than_a_lot():
    files = [waiting(f"{number}.xlsx", "00001" if number < 150 else "00002") for number in range(160)]
    assert [len(lot) for lot in cut(files, shared=True)[0]] == [150, 10]


def test_files_that_tell_no_organisation_come_last_one_lot_after_another():
    files = [waiting("a", None), waiting("b", "00001"), *(waiting(f"c{number}", None) for number in range(100))]
    together, *after = cut(files, shared=True)
    assert paths([together]) == [[["b"]]]
    assert [[len(lot) for lot in stage] for stage in after] == [[100], [1]]


@pytest.mark.parametrize(("shared", "lots"), [(False, 1), (True, 10)])
def test_lots_are_smaller_for_several_workers(shared: bool, lots: int):
    files = [waiting(f"{code}", f"{code:05d}") for code in range(1000)]
    assert len(cut(files, shared=shared)[0]) == lots


def test_nothing_waits():
    assert paths(cut([], shared=True)) == [[]]
