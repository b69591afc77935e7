"""What a failed run tells first: its cause, in the words that people are told elsewhere too."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from prefect.client.schemas.objects import State
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
            return Failed(message=f"{error.words.th}\n{error.words.en}", data=error)

    return told
