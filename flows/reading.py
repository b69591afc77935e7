"""Reading many exports on all cores, while this process gets Great Expectations ready."""

import functools
import importlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

from connectors.limits import Limits
from connectors.read import read_export
from expectations.names.repair import repair_names
from flows.pool import new_pool
from warehouse.vocabulary.errors import Unreadable
from warehouse.vocabulary.records import Reading

_FEW = 64  # fewer are read here: starting processes would cost more than it saves


def read_tables(content: bytes, limits: Limits) -> list[Reading]:
    """The tables of an export, names in a PDF put right by the master lists. Raises Unreadable."""
    readings = read_export(content, limits)
    for reading in readings:
        repair_names(reading)
    return readings


def read_all(
    contents: Sequence[bytes], limits: Limits, *, one_core: bool = False
) -> Iterator[list[Reading] | Unreadable]:
    """For each export its tables, or why it cannot be read; in their order. Many are begun at once, by all cores."""
    read = functools.partial(_read, limits=limits)
    if one_core or len(contents) < _FEW:
        return map(read, contents)
    return _with_suites(_pool().map(read, contents, chunksize=8))


def _with_suites(outcomes: Iterator[list[Reading] | Unreadable]) -> Iterator[list[Reading] | Unreadable]:
    importlib.import_module("great_expectations")  # seconds, which now pass while the others read
    yield from outcomes


def _read(content: bytes, limits: Limits) -> list[Reading] | Unreadable:
    try:
        return read_tables(content, limits)
    except Unreadable as cause:
        return cause


@functools.cache
def _pool() -> ProcessPoolExecutor:
    return new_pool(__name__)
