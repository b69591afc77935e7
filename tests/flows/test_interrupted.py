"""Ctrl-C: a clean end of what serves, and no traceback of anything else."""

from pathlib import Path

import pytest

from flows.cli import main


def interrupted(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("verb", "step", "code"),
    [("serve", "flows.command.serve.running_server", 0), ("sync", "flows.command.sync.new_job", 130)],
)
def test_an_interrupt_while_it_starts_is_an_exit_code(
    verb: str, step: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "prongsai.toml").write_text("", encoding="utf-8")
    monkeypatch.setattr(step, interrupted)
    monkeypatch.setattr("flows.command.serve.prepare", lambda _: None)  # which would set this process up for Prefect
    assert main([verb, "--config", str(tmp_path / "prongsai.toml")]) == code
