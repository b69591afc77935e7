"""Sentences with figures filled in, never typed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from reports.chapters.document import Run, Text
from reports.figure import Figures

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")


@dataclass(frozen=True, slots=True)
class Sentences:
    """Fills templates from a report's figures and phrases (names, dates)."""

    figures: Figures
    phrases: Mapping[str, str]

    def filled(self, template: str, **more: str | Run) -> Text:
        """The template with {name} replaced; a figure without a value says so. Raises KeyError for an unknown name."""
        runs: list[Run] = []
        for place, part in enumerate(PLACEHOLDER.split(template)):
            if place % 2 == 0:
                runs.append(Run(part))
            elif part in self.figures:
                runs.append(Run(self._figure(part), part))
            else:
                told = more[part] if part in more else self.phrases[part]
                runs.append(told if isinstance(told, Run) else Run(told))
        return tuple(run for run in runs if run.text)

    def plain(self, template: str, **more: str) -> str:
        """The filled template as text alone."""
        return "".join(run.text for run in self.filled(template, **more))

    def compared(self, templates: Mapping[str, str], figure: str, told: str) -> Text:
        """The template that fits a difference: <told>_behind, _even or _ahead of nothing, _unknown without a value."""
        value = self.figures[figure].value
        if value is None:
            return self.filled(templates[f"{told}_unknown"])
        which = "even" if value == 0 else "behind" if value < 0 else "ahead"
        return self.filled(templates[f"{told}_{which}"], points_apart=Run(f"{abs(value):,}", figure))

    def _figure(self, key: str) -> str:
        figure = self.figures[key]
        return f"(ไม่มีข้อมูล: {figure.title})" if figure.printed is None else figure.printed
