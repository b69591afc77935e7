"""Whose an export is, and which period it covers."""

from collections import defaultdict
from collections.abc import Sequence

from warehouse.vocabulary.fiscal import Period
from warehouse.vocabulary.records import Organisation, TitleBlock


class Owners:
    """The organisations of the settings, found by code or by name."""

    def __init__(self, organisations: Sequence[Organisation]) -> None:
        self._only = organisations[0] if len(organisations) == 1 else None
        self._by_code = {one.code: one for one in reversed(organisations)}  # of two the first counts
        self._by_name: dict[str | None, list[Organisation]] = defaultdict(list)
        for one in organisations:
            self._by_name[one.name].append(one)

    def expected(self, title: TitleBlock, hint: str | None) -> Organisation | None:
        """The organisation that an export must be of: told by its place, else by its title, else the only one there is.

        Names repeat across provinces, so where several bear the title's name its province must tell them apart.
        """
        if hint is not None:
            return self._by_code.get(hint)
        named = self._by_name.get(title.organisation, [])
        if len(named) > 1:
            named = [one for one in named if one.province == title.province]
        return named[0] if len(named) == 1 else self._only


def period_of(title: TitleBlock) -> Period | None:
    """The period that a title names; None if it leaves the year or the half open."""
    if title.fiscal_year is None or title.half is None:
        return None
    return Period(title.fiscal_year, title.half)
