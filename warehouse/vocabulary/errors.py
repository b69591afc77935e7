"""What can go wrong, chosen by what must happen next.

ProngsaiError
├── Unreadable       hand in another file: nothing in these bytes is a report that we know (exit 2)
├── Unreachable      try later: a folder, portal or database does not answer
├── WrongSettings    a person edits prongsai.toml or a file that it names (exit 64)
├── NotReady         something is missing or open before this step may run (exit 1)
└── Damaged          archived bytes or a release are no longer what was written
The fault of data is never an exception: it is a Finding. What is in no branch is our bug.
"""

from dataclasses import dataclass
from typing import Literal

Language = Literal["th", "en"]


@dataclass(frozen=True, slots=True)
class Words:
    """One message in both languages."""

    th: str
    en: str

    def said_in(self, language: Language) -> str:
        """The message in one language."""
        return self.th if language == "th" else self.en

    @property
    def in_both(self) -> str:
        """ไทย / English, where nobody knows who reads it."""
        return f"{self.th} / {self.en}"


class ProngsaiError(Exception):
    """Anything that we tell people about; carries its message in Thai and English."""

    def __init__(self, th: str, en: str) -> None:
        super().__init__(th, en)  # both, so that it can be pickled to another process
        self.words = Words(th, en)

    def __str__(self) -> str:
        return self.words.en


class Unreadable(ProngsaiError):
    """Nothing in these bytes is a report that we know."""


class Unreachable(ProngsaiError):
    """The world does not answer just now."""


class WrongSettings(ProngsaiError):
    """A setting, or a file that a setting names, does not say what it must."""


class NotReady(ProngsaiError):
    """This step waits for something that people must do first."""


class Damaged(ProngsaiError):
    """Kept bytes are not what was written."""
