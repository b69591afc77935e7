"""The web addresses that reports cite: when each was last tried, and since when one cannot be opened."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Engine, delete, insert, select

from warehouse.store.transactions import reading, writing
from warehouse.tables import evidence_link
from warehouse.vocabulary.errors import Words


@dataclass(frozen=True, slots=True)
class DeadLink:
    """An address that cannot be opened, first seen so at a moment (UTC), and why."""

    address: str
    since: datetime.datetime
    said: Words


def dead_links_known(engine: Engine) -> dict[str, DeadLink]:
    """By address, as of the last time that they were tried."""
    with reading(engine) as connection:
        rows = connection.execute(select(evidence_link).where(evidence_link.c.dead_since.is_not(None))).mappings()
        return {
            row["address"]: DeadLink(row["address"], row["dead_since"], Words(row["reason_th"], row["reason_en"]))
            for row in rows
        }


def keep_links(engine: Engine, tried: Collection[str], dead: Mapping[str, Words], *, now: datetime.datetime) -> None:
    """Remember how all addresses that are cited stand; what is dead already stays dead since then."""
    before = dead_links_known(engine)
    rows = []
    for address in sorted(tried):
        said, known = dead.get(address), before.get(address)
        rows.append(
            {
                "address": address,
                "checked_at": now,
                "dead_since": None if said is None else now if known is None else known.since,
                "reason_th": None if said is None else said.th,
                "reason_en": None if said is None else said.en,
            }
        )
    with writing(engine) as connection:
        connection.execute(delete(evidence_link))
        if rows:
            connection.execute(insert(evidence_link), rows)
