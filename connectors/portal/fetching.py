"""Fetching from a portal what a recipe declares: politely, and only what is new."""

import random as chance
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from connectors.fetched import Fetched
from connectors.limits import Limits
from connectors.portal.address import is_open_to_others, shown
from connectors.portal.connection import Connection
from connectors.portal.exchange import Answer, Asked
from connectors.portal.recipe import AddressedFiles, ListedFiles, Recipe, placed
from connectors.portal.secrets import Secrets
from connectors.portal.session import Session
from warehouse.vocabulary.errors import NotReady, ProngsaiError, Unreachable, WrongSettings
from warehouse.vocabulary.fiscal import Period
from warehouse.vocabulary.records import Organisation

Known = Mapping[str, Mapping[str, str]]
"""Address -> ETag and Last-Modified of what was taken in; plain JSON."""
_ASKS_IF_NEW = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}
_ENOUGH = 3  # files in a row out of reach: so is the portal


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One file that the recipe tells to ask for."""

    asked: Asked
    organisation: str | None
    form_page: str | None = None


def fetch(
    recipe: Recipe,
    organisations: Collection[Organisation],
    period: Period,
    *,
    known: Known,
    secrets: Secrets,
    limits: Limits,
    told: Callable[[int], None] = lambda organisations: None,
    wait: Callable[[float], None] = time.sleep,
    random: Callable[[], float] = chance.random,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Fetched | ProngsaiError]:
    """The files of a portal that are not known, and why others could not be had; the rest goes on.

    told: hears for how many more organisations the portal was asked. Each file tells the version by which it is known
    from then on, once it is taken in. Raises WrongSettings if the login is refused, and the last error if the portal
    shuts us out or is out of reach.
    """
    with (
        secrets.hidden_in_logs(),
        Connection(recipe, secrets, limits, wait=wait, random=random, clock=clock) as connection,
    ):
        session = Session(connection)
        session.sign_in()
        failed = 0
        for wanted in _all_wanted(connection, session, organisations, period, told):
            outcome = wanted if isinstance(wanted, ProngsaiError) else _answer(wanted, connection, session, known)
            failed = failed + 1 if isinstance(outcome, Unreachable) or session.shut_out else 0
            if isinstance(outcome, ProngsaiError):
                if failed == _ENOUGH:
                    raise outcome
                yield outcome
            elif isinstance(wanted, _Wanted) and outcome.status != 304:
                yield Fetched(
                    outcome.content,
                    outcome.file_name(),
                    connection.origin(outcome.address),
                    "portal",
                    wanted.organisation,
                    _version(wanted.asked, outcome),
                )


def _all_wanted(
    connection: Connection,
    session: Session,
    organisations: Collection[Organisation],
    period: Period,
    told: Callable[[int], None],
) -> Iterator[_Wanted | ProngsaiError]:
    recipe = connection.recipe
    codes = sorted(organisation.code for organisation in organisations)
    when = {"fiscal_year": str(period.fiscal_year.year), "half": str(period.half.value)}
    for code in codes if recipe.files.by_organisation else [None]:
        places = when | ({"organisation": code} if code else {})
        match recipe.files:
            case AddressedFiles() as files:
                fields = {name: placed(value, places) for name, value in files.fields.items()}
                page = recipe.at(files.form_page, places) if files.form_page else None
                yield _Wanted(Asked(recipe.at(files.address, places), files.method, fields), code, page)
            case ListedFiles() as files:
                yield from _linked(files, recipe.at(files.page, places), code, codes, connection, session)
        told(1 if code else len(codes))


def _linked(
    files: ListedFiles,
    address: str,
    code: str | None,
    codes: Collection[str],
    connection: Connection,
    session: Session,
) -> Iterator[_Wanted | ProngsaiError]:
    try:
        page = session.kept(lambda: session.page(Asked(address)))
    except ProngsaiError as error:
        yield error
        return
    found = {link: match for link in page.links if (match := files.links.search(link))}
    if not found:
        yield connection.error(
            NotReady,
            address,
            "ยังไม่มีลิงก์ที่ตรงกับ links กรุณารอให้พอร์ทัลลงรายงาน หรือแก้ links ในไฟล์กำหนดพอร์ทัล",
            "has no link that fits links: wait until the report is there, or correct links in the recipe",
        )
    for link, match in found.items():
        told = match["organisation"] if "organisation" in match.re.groupindex else code
        if is_open_to_others(link) and not is_open_to_others(address):
            yield connection.leads_elsewhere(link)
        elif told is None or told in codes:
            yield _Wanted(Asked(link), told)


def _answer(wanted: _Wanted, connection: Connection, session: Session, known: Known) -> Answer | ProngsaiError:
    def once() -> Answer:
        asked = replace(wanted.asked, headers=_headers(wanted.asked, known))
        if wanted.form_page is None:
            return session.file(asked)
        form = session.page(Asked(wanted.form_page)).form_with(asked.fields)
        if form is None:
            raise connection.error(
                WrongSettings,
                wanted.form_page,
                f"ไม่มีแบบฟอร์มที่มีช่อง {', '.join(asked.fields)} กรุณาแก้ files ในไฟล์กำหนดพอร์ทัล",
                f"has no form with {', '.join(asked.fields)}: correct files in the recipe",
            )
        return session.file(replace(asked, hidden=form.hidden))

    try:
        return session.kept(once)
    except ProngsaiError as error:
        return error


def _key(asked: Asked) -> str | None:
    """What a file is remembered by: address and fields, secrets by their reference; None if that may not be kept."""
    if asked.method == "POST" or shown(asked.address) != asked.address:
        return None
    return f"{asked.address} {urlencode(asked.fields)}".strip()


def _headers(asked: Asked, known: Known) -> dict[str, str]:
    key = _key(asked)
    if key is None or key not in known:
        return {}
    return {_ASKS_IF_NEW[name]: value for name, value in known[key].items()}


def _version(asked: Asked, answer: Answer) -> tuple[str, dict[str, str]] | None:
    key = _key(asked)
    headers = {name: answer.header(name) for name in _ASKS_IF_NEW if answer.header(name)}
    return (key, headers) if key is not None and headers else None
