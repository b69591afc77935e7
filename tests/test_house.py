"""The rules of the house, so that nobody has to remember them."""

import ast
import re
from pathlib import Path

import pytest

from flows.parser import VERBS

ROOT = Path(__file__).parent.parent
ROOMS = ("flows", "connectors", "expectations", "warehouse", "reports")
FILES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
SOURCES = sorted(path.parent for path in (ROOT / "connectors").glob("*/source.toml"))


def holding(pattern: str) -> set[str]:
    found = re.compile(pattern, re.MULTILINE)
    return {str(path.relative_to(ROOT)) for path in FILES if found.search(path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_short_and_says_what_it_is_for(path: Path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    assert ast.get_docstring(ast.parse(text)), "no docstring"


def test_543_stands_in_one_file():
    assert holding(r"\b543\b") == {"warehouse/vocabulary/fiscal.py"}


def test_sql_text_stands_only_in_the_warehouse():
    assert all(name.startswith("warehouse/") for name in holding(r'"(SELECT|INSERT|CREATE|DELETE|UPDATE) '))


def test_each_library_lives_in_its_room():
    assert all(name.startswith("connectors/") for name in holding(r"^(import|from) requests"))
    assert all(name.startswith("flows/") for name in holding(r"^\s*(import|from) prefect"))
    assert holding(r"^\s*(import|from) great_expectations") == {"expectations/suite.py"}
    assert all(name.startswith("warehouse/") for name in holding(r"^\s*(import|from) (sqlalchemy|alembic)"))


def test_nothing_is_swallowed_guessed_or_left_undone():
    assert holding(r"except (Exception|BaseException)\b|except:") == set()
    assert holding(r'errors="coerce"|raise NotImplementedError|\b(TODO|FIXME|XXX)\b') == set()


def test_no_file_is_named_for_what_kind_of_python_it_holds():
    kinds = {"utils.py", "util.py", "constants.py", "helpers.py", "common.py", "misc.py", "manager.py", "base.py"}
    assert not kinds & {path.name for path in FILES}


@pytest.mark.parametrize("folder", SOURCES, ids=lambda folder: folder.name)
def test_every_source_declares_its_columns_and_stands_in_the_glossary(folder: Path):
    assert (folder / "columns.csv").is_file() and (folder / "__init__.py").is_file()
    assert folder.name in (ROOT / "docs/glossary.md").read_text(encoding="utf-8")


def test_every_verb_stands_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [one for one in VERBS if f"prongsai {one}" not in readme] == []


def test_the_glossary_names_every_column_and_status():
    from warehouse.vocabulary.wording import COLUMNS, STATUSES

    glossary = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    missing = [name for name in COLUMNS if f"`{name}`" not in glossary]
    missing += [status.value for status in STATUSES if f"`{status.value}`" not in glossary]
    assert missing == []
    assert [words.th for words in (*COLUMNS.values(), *STATUSES.values()) if words.th not in glossary] == []
