"""The tables. Money is integer satang, dates are dates, moments are UTC, codes are text; facts are only ever added."""

import datetime

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

from warehouse.vocabulary.records import LABELS, MONEY, MONEY_OF

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime.datetime]):
    """A moment in UTC, in and out; SQLite keeps no zone and would take local time for it."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime.datetime | None, dialect: Dialect) -> datetime.datetime | None:
        """In UTC. Raises ValueError for a moment without a zone: it could be any."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a zone: {value}")
        return value.astimezone(datetime.UTC)

    def process_result_value(self, value: datetime.datetime | None, dialect: Dialect) -> datetime.datetime | None:
        """In UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=datetime.UTC) if value.tzinfo is None else value.astimezone(datetime.UTC)


organisation = Table(
    "organisation",
    metadata,
    Column("code", String(5), primary_key=True),
    Column("name", Text, nullable=False),
    Column("district", Text, nullable=False),
    Column("province", Text, nullable=False),
)

export = Table(
    "export",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("judged_by", String(64), nullable=False),
    Column("place", Integer, nullable=False),  # order of the tables found in these bytes, from 0
    Column("source", Text, nullable=False),  # "" where nothing could be read
    Column("sheet", Text, nullable=False),
    Column("organisation", String(5), ForeignKey("organisation.code")),
    Column("fiscal_year", Integer),  # Buddhist era
    Column("half", Integer),
    Column("verdict", String(10), nullable=False),  # accepted, rejected or unreadable
    Column("content_hash", String(64)),
    Column("facts", Integer, ForeignKey("export.id")),  # whose rows are this one's facts: its own, or the same ones
    Column("replaces", Integer, ForeignKey("export.id")),
    Column("rows", Integer, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("via", String(10), nullable=False),
    Column("fetched_at", Moment(), nullable=False),
    Column("loaded_at", Moment(), nullable=False),
    Column("title", Text, nullable=False),  # JSON of the title block
    Column("letters", Text, nullable=False),  # JSON: column -> letter of the sheet
    Column("error_th", Text),
    Column("error_en", Text),
    UniqueConstraint("sha256", "judged_by", "place"),
    Index("ix_export_period", "organisation", "source", "fiscal_year", "half", "verdict", "fetched_at", "id"),
)

budget_line = Table(
    "budget_line",
    metadata,
    Column("export_id", Integer, ForeignKey("export.id"), primary_key=True),
    Column("source_row", Integer, primary_key=True),
    *(Column(name, Text, nullable=False) for name in LABELS),
    *(Column(name, BigInteger, nullable=False) for name in MONEY),
)

plan_project = Table(
    "plan_project",
    metadata,
    Column("export_id", Integer, ForeignKey("export.id"), primary_key=True),
    Column("source_row", Integer, primary_key=True),
    Column("number", Text, nullable=False),
    Column("project", Text, nullable=False),
    Column("dimension", Integer, nullable=False),
    Column("budget", BigInteger, nullable=False),
    Column("disbursed", BigInteger, nullable=False),
    Column("status", String(20), nullable=False),
    Column("note", Text, nullable=False),
)

quarantined_row = Table(
    "quarantined_row",
    metadata,
    Column("export_id", Integer, ForeignKey("export.id"), primary_key=True),
    Column("source_row", Integer, primary_key=True),
    Column("content", Text, nullable=False),  # JSON of the row as read
)

finding = Table(
    "finding",
    metadata,
    Column("export_id", Integer, ForeignKey("export.id"), primary_key=True),
    Column("place", Integer, primary_key=True),  # order within the export
    Column("rule", Text, nullable=False),
    Column("severity", String(10), nullable=False),
    Column("leaf", Text),  # JSON: leaf row from 0, or the label of a printed total
    Column("source_row", Integer),
    Column("cell", Text),
    Column("column_name", Text),
    Column("observed", Text),
    Column("expected", Text),
    Column("message_th", Text, nullable=False),
    Column("message_en", Text, nullable=False),
)

correction = Table(
    "correction",
    metadata,
    Column("export_id", Integer, ForeignKey("export.id"), primary_key=True),
    Column("cell", Text, primary_key=True),
    Column("column_name", Text, nullable=False),
    Column("leaf", Text, nullable=False),  # JSON, as in finding
    Column("source_row", Integer, nullable=False),
    Column("printed", Text, nullable=False),
    Column("corrected", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("decided_on", Date, nullable=False),
    Column("evidence", Text, nullable=False),
)

difference = Table(
    "difference",
    metadata,
    Column("export_id", Integer, ForeignKey("export.id"), primary_key=True),
    Column("since", Integer, ForeignKey("export.id"), nullable=False),  # what it is compared with
    Column("size", BigInteger, nullable=False),  # this, and all below: now less then
    Column("rows", Integer, nullable=False),
    *(Column(name, BigInteger) for name in dict.fromkeys((*MONEY, *MONEY_OF["eplannacc"]))),  # totals; of the source's
    Column("lines_new", Integer, nullable=False),
    Column("lines_gone", Integer, nullable=False),
    Column("new_lines", Text, nullable=False),  # JSON: each by its labels
    Column("gone_lines", Text, nullable=False),
)

release = Table(
    "release",
    metadata,
    Column("id", Text, primary_key=True),
    Column("organisation", String(5), ForeignKey("organisation.code"), nullable=False),
    Column("fiscal_year", Integer, nullable=False),
    Column("half", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("folder", Text, nullable=False),
    Column("manifest_sha256", String(64), nullable=False),
    Column("made_at", Moment(), nullable=False),
    UniqueConstraint("organisation", "fiscal_year", "half", "version"),
)

failed_report = Table(  # gone once it is made
    "failed_report",
    metadata,
    Column("organisation", String(5), ForeignKey("organisation.code"), primary_key=True),
    Column("fiscal_year", Integer, primary_key=True),
    Column("half", Integer, primary_key=True),
    Column("since", Moment(), nullable=False),  # of this reason
    Column("failed_at", Moment(), nullable=False),
    Column("reason_th", Text, nullable=False),
    Column("reason_en", Text, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("cause", Text, nullable=False),
    Column("stage", Text, nullable=False),  # a new stage of a cause is told at once; "resolved" is the last
    Column("target", Text, nullable=False),  # its name: never its address, which holds passwords
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("made_at", Moment(), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("try_at", Moment(), nullable=False),
    Column("sent_at", Moment()),
    Column("error", Text),
    Index("ix_outbox_target", "target", "sent_at"),
    Index("ix_outbox_cause", "cause", "target", "id"),
)

last_run = Table(
    "last_run",
    metadata,
    Column("verb", String(20), primary_key=True),
    Column("ended_at", Moment(), nullable=False),
)

evidence_link = Table(
    "evidence_link",
    metadata,
    Column("address", Text, primary_key=True),
    Column("checked_at", Moment(), nullable=False),
    Column("dead_since", Moment()),  # empty: it opens
    Column("reason_th", Text),
    Column("reason_en", Text),
)
