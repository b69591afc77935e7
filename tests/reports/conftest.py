"""One release of the example, made once."""

from pathlib import Path

import pytest

from reports.release import Release, make_release
from tests.reports.facts import FACTS


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The report of the example in house words."""
    return make_release(FACTS, words_file=None, releases=Path(tmp_path_factory.mktemp("releases")))
