"""Whatever is handed in, in whatever order: the warehouse and a model of it say the same."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.warehouse.machine import WarehouseMachine

pytestmark = pytest.mark.slow


def test_any_sequence_of_hand_ins_gives_what_the_model_says(sqlite_template: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(WarehouseMachine, "template", sqlite_template, raising=False)
    short = settings(max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(WarehouseMachine, settings=short)
