"""Secrets that Prefect keeps: for portals whose recipe says "prefect:BLOCK", where a flow runs."""

from typing import Any, cast

from prefect.blocks.system import Secret


def secret_in_block(name: str) -> str:
    """The text of a Secret block; empty if there is no such block, or no text in it."""
    try:
        block = cast("Secret[Any]", Secret.load(name))  # no coroutine: flows and tasks here are not asynchronous
    except ValueError:  # no such block
        return ""
    value = block.value.get_secret_value()  # get() would make a number of a password like 12345
    return value if isinstance(value, str) else ""
