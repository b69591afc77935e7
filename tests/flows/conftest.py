"""What tests of the flows share: `prongsai serve` on the example."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flows.served import Served


@pytest.fixture
def served(example: Path) -> Iterator[Served]:
    """One that is served, and gone afterwards."""
    one = Served(example)
    yield one
    if one.process.poll() is None:
        one.kill()
