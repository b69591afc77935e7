"""A recipe says all there is to say of a portal, or is refused with the key that is wrong."""

import re
from pathlib import Path

import pytest

from connectors.portal import read_recipe
from connectors.portal.recipe import AddressedFiles, BearerLogin, FormLogin, ListedFiles
from warehouse.vocabulary.errors import WrongSettings

PAGE = Path(__file__).parents[3] / "docs" / "portal-recipes.md"
GOOD = """
name = "จังหวัด"
address = "https://portal.example.go.th/reports/"
[login]
kind = "bearer"
token = "env:TOKEN"
[files]
kind = "address"
address = "export?year={fiscal_year}"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "recipe.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_recipes_of_the_documentation_can_be_read(tmp_path: Path) -> None:
    listed, files = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    recipe = read_recipe(written(tmp_path, listed))
    assert isinstance(recipe.login, FormLogin)
    assert isinstance(recipe.files, ListedFiles)
    assert recipe.references == ("env:PORTAL_USER", "env:PORTAL_PASSWORD")
    match = recipe.files.links.search("https://reports.example.go.th/export/751E0/elaas.xls")
    assert match is not None
    assert match["organisation"] == "751E0"
    by_form = read_recipe(written(tmp_path, listed[: listed.index("[files]")] + files))
    assert isinstance(by_form.files, AddressedFiles)
    assert by_form.files.by_organisation


def test_the_documented_defaults_are_the_defaults(tmp_path: Path) -> None:
    listed = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[0]
    said, left_out = read_recipe(written(tmp_path, listed)), read_recipe(written(tmp_path, GOOD))
    assert (said.tries, said.timeout, said.pause) == (left_out.tries, left_out.timeout, left_out.pause)


@pytest.mark.parametrize("choice", ["basic", "bearer"])
def test_the_documented_other_logins_can_be_read(tmp_path: Path, choice: str) -> None:
    listed = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[0]
    (line,) = re.findall(rf'# (kind = "{choice}".*)', listed)
    login = "[login]\n" + re.sub(" {2,3}(?=\\w)", "\n", line)
    recipe = read_recipe(written(tmp_path, GOOD.replace('[login]\nkind = "bearer"\ntoken = "env:TOKEN"', login)))
    assert recipe.login is not None
    assert recipe.login.kind == choice


def test_files_that_a_recipe_names_lie_beside_it(tmp_path: Path) -> None:
    text = GOOD.replace("[login]", 'ca_file = "own.pem"\n[login]').replace("env:TOKEN", "file:secret/token")
    recipe = read_recipe(written(tmp_path, text))
    assert recipe.ca_file == str(tmp_path / "own.pem")
    assert recipe.login == BearerLogin(kind="bearer", token=f"file:{tmp_path / 'secret/token'}")
    assert recipe.references == (f"file:{tmp_path / 'secret/token'}",)


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("env:TOKEN", "hunter2", 'login.bearer.token must name a secret as "env:NAME", "file:PATH"'),
        ("token =", "tokens =", "login.bearer.tokens"),
        ('name = "จังหวัด"', "", "name Field required"),
        ('name = "จังหวัด"', 'name = "two\\nlines"', "name must be one line of text"),
        ('name = "จังหวัด"', 'name = "จังหวัด"\nverify = false', "verify Extra inputs are not permitted"),
        ('name = "จังหวัด"', 'name = "จังหวัด"\ntries = 0', "tries"),
        ('name = "จังหวัด"', 'name = "จังหวัด"\ntries = "4"', "tries"),
        ('name = "จังหวัด"', 'name = "จังหวัด"\npause = -1', "pause"),
        ('name = "จังหวัด"', 'name = "จังหวัด"\nsource = "e-LAAS"', "source must be one of elaas, eplannacc"),
        ("{fiscal_year}", "{year}", "files.address.address knows no {year}"),
        (
            'address = "export',
            'fields = { a = "env:{half}" }\naddress = "export',
            "files.address.fields.a names a secret",
        ),
        ('kind = "address"', 'kind = "ftp"', "files"),
        ("https://portal", "https://user:hunter2@portal", "address: must be a web address without user or password"),
        ("https://portal", "ftp://portal", "address: must be a web address"),
        ("https://portal", "http://portal", "address: must begin with https://"),
        ('kind = "bearer"\ntoken = "env:TOKEN"', 'kind = "form"\npage = "x"\nfields = { p = "hunter2" }', "login.form"),
        (
            'kind = "address"\naddress = "export?year={fiscal_year}"',
            'kind = "list"\npage = "x"\nlinks = "("',
            "files.list.links",
        ),
        ("[files]", "[files", "at line 7"),
    ],
)
def test_a_wrong_recipe_is_told_by_its_key_never_by_its_value(
    tmp_path: Path, right: str, wrong: str, said: str
) -> None:
    assert right in GOOD
    path = written(tmp_path, GOOD.replace(right, wrong))
    with pytest.raises(WrongSettings) as raised:
        read_recipe(path)
    for words in (raised.value.words.th, raised.value.words.en):
        assert said in words
        assert str(path) in words
        assert "hunter2" not in words
        assert "\n" not in words


def test_plain_http_will_do_for_loopback_or_without_a_login(tmp_path: Path) -> None:
    assert read_recipe(written(tmp_path, GOOD.replace("https://portal.example.go.th", "http://127.0.0.1:8000"))).login
    public = GOOD.replace("https:", "http:").replace('[login]\nkind = "bearer"\ntoken = "env:TOKEN"\n', "")
    assert read_recipe(written(tmp_path, public)).login is None


def test_a_recipe_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    with pytest.raises(WrongSettings, match=r"nowhere\.toml"):
        read_recipe(tmp_path / "nowhere.toml")
    path = tmp_path / "thai.toml"
    path.write_bytes('name = "จังหวัด"'.encode("cp874"))
    with pytest.raises(WrongSettings, match=r"thai\.toml"):
        read_recipe(path)
