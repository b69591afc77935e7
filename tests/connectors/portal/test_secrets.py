"""Secrets are found where a recipe names them, and hidden whatever they are made of."""

import os
from pathlib import Path
from urllib.parse import quote

import pytest
import requests
from hypothesis import example, given
from hypothesis import strategies as st

from connectors.portal import Recipe, Secrets, secrets_of
from connectors.portal.address import shown
from warehouse.vocabulary.errors import WrongSettings

posix_only = pytest.mark.skipif(os.name != "posix", reason="no file modes here")
PIECE = st.text(max_size=6)
SECRET = st.text(min_size=1, max_size=12)


def recipe(token: str) -> Recipe:
    declared = {
        "name": "จังหวัด",
        "address": "https://portal.example.go.th/",
        "login": {"kind": "bearer", "token": token},
        "files": {"kind": "address", "address": "export"},
    }
    return Recipe.model_validate(declared, context=Path("/"))


def refusal(token: str, environment: dict[str, str]) -> str:
    with pytest.raises(WrongSettings) as raised:
        secrets_of(recipe(token), environment)
    assert token.removeprefix("file:") in raised.value.words.th
    return str(raised.value)


@given(SECRET, PIECE, PIECE)
@example("*", "", "")
@example("a*", "a", "*")
@example("%2F", "%", "2f")
@example("\"'<&>\\\n", "x", "y")
def test_a_secret_is_hidden_whatever_characters_it_has(secret: str, before: str, after: str) -> None:
    secrets = Secrets({"env:X": secret})
    address = requests.Request("GET", "https://portal.example.go.th/x", params={"q": secret}).prepare().url
    for spelt in (secret, repr(secret)[1:-1], quote(secret, safe=""), address or ""):
        hidden = secrets.hidden_in(before + spelt + after)
        assert secret not in hidden
        assert quote(secret, safe="") not in hidden
    assert secret not in repr(secrets).removeprefix("Secrets(env:X)")


@given(st.lists(SECRET, min_size=2, max_size=4, unique=True))
def test_a_secret_that_begins_another_leaves_nothing_of_it(values: list[str]) -> None:
    secrets = Secrets({f"env:{number}": value for number, value in enumerate(values)})
    hidden = secrets.hidden_in("|".join(values))
    assert not any(value in hidden for value in values)


@pytest.mark.parametrize(
    "spelt", ["hunter2/ก", "hunter2%2f%e0%b8%81", "hunter2%2F%E0%B8%81", "hunter2%252F%25E0%25B8%2581"]
)
def test_nothing_is_left_of_a_secret_in_any_spelling(spelt: str) -> None:
    assert Secrets({"env:X": "hunter", "env:Y": "hunter2/ก"}).hidden_in(f"key={spelt}") == "key=***"


def test_text_without_a_secret_stays_as_it_is() -> None:
    assert Secrets({"env:X": "hunter2"}).hidden_in("รายงาน 2566 ***") == "รายงาน 2566 ***"
    assert Secrets({}).hidden_in("รายงาน") == "รายงาน"


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        (
            "https://u:p@portal.go.th:8443/a/b?year=2566&org=751E0#x",
            "https://portal.go.th:8443/a/b?year=2566&org=751E0",
        ),
        ("https://portal.go.th/a;jsessionid=1F/b", "https://portal.go.th/a;***/b"),
        (
            "https://portal.go.th/?Token=abc&sid=1&X-Amz-Signature=ff",
            "https://portal.go.th/?Token=***&sid=***&X-Amz-Signature=***",
        ),
        ("https://portal.go.th/?password=a=b;c=d", "https://portal.go.th/?password=***;c=d"),
    ],
)
def test_an_address_is_shown_without_what_gives_access(address: str, kept: str) -> None:
    assert shown(address) == kept


def test_a_secret_comes_from_the_environment() -> None:
    secrets = secrets_of(recipe("env:TOKEN"), {"TOKEN": "hunter2"})
    assert secrets.of("env:TOKEN") == "hunter2"
    assert secrets.of("plain") == "plain"
    with pytest.raises(WrongSettings, match="env:OTHER"):
        secrets.of("env:OTHER")


def test_a_secret_comes_from_a_file_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.write_text("hunter 2 \n", encoding="utf-8")
    path.chmod(0o600)
    assert secrets_of(recipe(f"file:{path}"), {}).of(f"file:{path}") == "hunter 2 "


@posix_only
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_a_secrets_file_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "token"
    path.write_text("hunter2")
    path.chmod(mode)
    said = refusal(f"file:{path}", {})
    assert "chmod 600" in said
    assert "hunter2" not in said


@pytest.mark.parametrize("environment", [{}, {"TOKEN": ""}, {"TOKEN": "\udce0"}])
def test_a_missing_secret_is_told_by_its_name(environment: dict[str, str]) -> None:
    assert "env:TOKEN is missing" in refusal("env:TOKEN", environment)


def test_a_missing_secrets_file_is_told_by_its_path(tmp_path: Path) -> None:
    assert str(tmp_path / "nowhere") in refusal(f"file:{tmp_path / 'nowhere'}", {})


def test_a_secret_comes_from_a_block_of_prefect_where_that_runs():
    secrets = secrets_of(recipe("prefect:portal"), {}, {"portal": "hunter2"}.__getitem__)
    assert secrets.of("prefect:portal") == "hunter2"
    assert secrets.hidden_in("token hunter2") == "token ***"
    with pytest.raises(WrongSettings, match="prefect:portal is missing"):
        secrets_of(recipe("prefect:portal"), {}, lambda name: "")
    assert "prongsai run" in refusal("prefect:portal", {})
