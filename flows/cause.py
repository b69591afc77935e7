"""What a run that did not end well tells first: its cause, in the words that people are told elsewhere too."""

import datetime
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import FlowRun, State
from prefect.logging import get_run_logger
from prefect.states import Failed

from warehouse.vocabulary.errors import ProngsaiError

Asked = ParamSpec("Asked")
Given = TypeVar("Given")


def telling_its_cause(work: Callable[Asked, State[Given]]) -> Callable[Asked, State[Given] | State[Any]]:
    """The work of a flow, failing with Thai first where the error is ours to tell; what is a bug fails as it is."""

    @wraps(work)
    def told(*arguments: Asked.args, **named: Asked.kwargs) -> State[Given] | State[Any]:
        try:
            return work(*arguments, **named)
        except ProngsaiError as error:
            get_run_logger().error(error.words.th)
            return Failed(message=f"{error.words.th}\n{error.words.en}", data=error)

    return told


def end_run(client: SyncPrefectClient, run: FlowRun, state: State[Any], *, force: bool = False) -> None:
    """Give a run that no process works on its last state, and say why in its log too, where people look first."""
    client.set_flow_run_state(run.id, state, force=force)
    line = {"name": "prongsai", "level": logging.WARNING, "message": state.message, "flow_run_id": str(run.id)}
    client.create_logs([line | {"timestamp": datetime.datetime.now(datetime.UTC).isoformat()}])
