"""Whose an export is, and which period it covers."""

from collections.abc import Sequence

from warehouse.vocabulary.fiscal import Period
from warehouse.vocabulary.records import Organisation, TitleBlock


def expected_owner(title: TitleBlock, hint: str | None, organisations: Sequence[Organisation]) -> Organisation | None:
    """The organisation that an export must be of: told by its place, else by its title, else the only one there is.

    Names repeat across provinces, so where several bear the title's name its province must tell them apart.
    """
    if hint is not None:
        return next((one for one in organisations if one.code == hint), None)
    named = [one for one in organisations if one.name == title.organisation]
    if len(named) > 1:
        named = [one for one in named if one.province == title.province]
    if len(named) == 1:
        return named[0]
    return organisations[0] if len(organisations) == 1 else None


def period_of(title: TitleBlock) -> Period | None:
    """The period that a title names; None if it leaves the year or the half open."""
    if title.fiscal_year is None or title.half is None:
        return None
    return Period(title.fiscal_year, title.half)
