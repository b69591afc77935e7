"""One thing that is wrong and how it is told: in Thai, and in English below."""

from collections.abc import Iterable
from dataclasses import dataclass

from warehouse.store.outbox import Message
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.fiscal import Period

# LINE takes 5,000 characters of title and body together, and a mail's subject is read to about 250.
_TITLE, _THAI, _ENGLISH = 120, 3_000, 1_600


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong; `overdue` where waiting for people no longer helps: --fail-if-late tells it."""

    cause: str
    stage: str
    title: Words
    body: Words
    overdue: bool = False

    @property
    def message(self) -> Message:
        """Thai first, the same in English below, each as short as every service takes it."""
        title, body = self.title, self.body
        return Message(
            self.cause,
            self.stage,
            f"{_fitted(title.th, _TITLE)} / {_fitted(title.en, _TITLE)}",
            f"{_fitted(body.th, _THAI)}\n\nEnglish:\n{_fitted(body.en, _ENGLISH)}",
        )


def _fitted(text: str, most: int) -> str:
    """The text with its middle left out where it is too long: what to do stands at its end."""
    tail = most // 3
    return text if len(text) <= most else f"{text[: most - tail - 3]} … {text[-tail:]}"


def joined(between: str, words: Iterable[Words]) -> Words:
    """Several texts as one, in each language."""
    told = list(words)
    return Words(between.join(one.th for one in told), between.join(one.en for one in told))


def period_words(period: Period) -> Words:
    """รอบ 6 เดือน ปีงบประมาณ 2566; in English 6 months of fiscal year 2566."""
    months, year = period.half.months, period.fiscal_year.year
    return Words(f"รอบ {months} เดือน ปีงบประมาณ {year}", f"{months} months of fiscal year {year}")
