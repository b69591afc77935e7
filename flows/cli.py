"""The command line: reads the settings, hands over to a verb, turns errors into one line and an exit code."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from flows.garbage import collect_rarely
from flows.parser import USAGE, parser
from warehouse.vocabulary.errors import ProngsaiError, Unreadable, WrongSettings

_WITHOUT_SETTINGS = {"init", "template", "verify"}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line; gives its exit code."""
    collect_rarely()
    arguments = parser().parse_args(argv)
    if arguments.verb == "correct" and (arguments.cell is None) != (arguments.to is None):
        parser().error("--cell ต้องมาพร้อม --to (หรือใช้ --suggested แทนทั้งสอง) / --cell goes with --to")
    configured = getattr(arguments, "config", None) or os.environ.get("PRONGSAI_CONFIG")
    arguments.config = configured or "prongsai.toml"
    arguments.lang = getattr(arguments, "lang", None) or os.environ.get("PRONGSAI_LANG", "th")
    verb = getattr(import_module(f"flows.command.{arguments.verb}"), arguments.verb)
    try:
        if arguments.verb in _WITHOUT_SETTINGS:
            return int(verb(arguments))
        return int(verb(_settings(arguments, configured is not None), arguments))
    except ProngsaiError as error:
        print(error.words.said_in(arguments.lang), file=sys.stderr)  # noqa: T201
        return {Unreadable: 2, WrongSettings: USAGE}.get(type(error), 1)
    except KeyboardInterrupt:
        return 130  # as shells have it for one who was stopped by Ctrl-C
    except BrokenPipeError:  # the reader (head, less) went away
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _settings(arguments: argparse.Namespace, named: bool) -> object:
    """The settings; None for a check where there are none, which needs none."""
    path = Path(arguments.config)
    if arguments.verb == "check" and not named and not path.is_file():
        return None
    from flows.settings import read_settings

    return read_settings(path)


if __name__ == "__main__":
    sys.exit(main())
