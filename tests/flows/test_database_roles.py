"""The roles of deploy/roles.sql: who makes charts writes nothing, and the watchdog only what it has to tell."""

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from flows.cli import main
from tests.warehouse.server import new_database
from warehouse.store.connection import open_warehouse

# Apprise shims a module that Python 3.13 has no more.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

ROLES = (Path(__file__).parents[2] / "deploy" / "roles.sql").read_text(encoding="utf-8")
USERS = {"charts": "prongsai_reader", "watchdog": "prongsai_watchdog"}


@pytest.fixture(scope="module")
def address(postgresql: str) -> Callable[[str], str]:
    """The address of one warehouse as each user writes it; nobody else may connect, as compose has it."""
    url = new_database(postgresql)
    of = {user: url.replace("postgres:@", f"{user}@") for user in ("prongsai", *USERS)}
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("CREATE ROLE prongsai LOGIN")
        name = admin.info.dbname
        admin.execute(f"ALTER DATABASE {name} OWNER TO prongsai")
        admin.execute(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC")
        open_warehouse(of["prongsai"])
        for _ in range(2):  # again, as after an upgrade
            admin.execute(ROLES)
        for user, role in USERS.items():
            admin.execute(f"CREATE USER {user} IN ROLE {role}")
    return of.__getitem__


def test_the_watchdog_tells_by_its_own_role_and_a_reader_may_not(
    address: Callable[[str], str], example: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PRONGSAI_ALERTS", '["json://127.0.0.1:9/nobody"]')
    config = ["--config", str(example / "prongsai.toml")]
    for user, code in (("charts", 64), ("watchdog", 1)):
        monkeypatch.setenv("PRONGSAI_DATABASE_URL", address(user))
        assert main(["status", *config]) == 0
        assert main(["status", "--fail-if-late", "--alert", *config]) == code


@pytest.mark.parametrize("user", USERS)
def test_neither_writes_facts_and_both_see_what_a_later_version_adds(address: Callable[[str], str], user: str):
    with psycopg.connect(address("prongsai"), autocommit=True) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS later (number integer)")
    with psycopg.connect(address(user), autocommit=True) as connection:
        assert connection.execute("SELECT count(*) FROM later").fetchall() == [(0,)]
        for statement in ("DELETE FROM export", "UPDATE release SET version = 9", "CREATE TABLE mine (number integer)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
