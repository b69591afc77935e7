"""The descriptor of the open data."""

import hashlib
import json
from pathlib import Path

import pytest

from reports.datapackage import GDC_FIELDS
from reports.release import Release, make_release
from tests.reports.facts import FACTS
from warehouse.vocabulary.errors import WrongSettings


@pytest.fixture(scope="module")
def package(example: Release) -> dict[str, object]:
    """The descriptor of the example."""
    return dict(json.loads(example.files["datapackage"].read_text("utf-8")))


def test_it_names_each_file_with_its_size_hash_and_columns(example: Release, package: dict[str, list[dict]]) -> None:
    for resource in package["resources"]:
        content = (example.folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert content.decode("utf-8-sig").splitlines()[0].split(",") == names
        assert set(resource["schema"]["primaryKey"]) <= set(names)


def test_every_field_is_told_in_thai_and_english(package: dict[str, list[dict]]) -> None:
    for resource in package["resources"]:
        for field in resource["schema"]["fields"]:
            assert all(field[key] for key in ("title", "title_en", "description", "description_en"))
            assert any("ก" <= letter <= "๙" for letter in field["description"])


def test_the_measures_have_the_phases_of_a_budget(package: dict[str, dict[str, dict]]) -> None:
    told = {measure["source"]: measure["phase"] for measure in package["model"]["measures"].values()}
    assert told == {
        "approved": "approved",
        "revised": "adjusted",
        "committed": "committed",
        "disbursed": "executed",
    }


def test_the_fourteen_fields_of_the_thai_catalogue_are_filled(package: dict[str, dict[str, str]]) -> None:
    assert len(GDC_FIELDS) == 14
    assert list(package["thai_gdc"]) == list(GDC_FIELDS)
    assert all(package["thai_gdc"].values())
    assert not [value for value in package["thai_gdc"].values() if "{" in value]


@pytest.mark.slow
def test_an_organisation_tells_its_own_maintainer_and_licence(tmp_path: Path) -> None:
    words = tmp_path / "words.toml"
    words.write_text('[open_data]\nmaintainer = "กองยุทธศาสตร์"\nlicense_id = "CC-BY"\n', "utf-8")
    made = make_release(FACTS, words_file=words, releases=tmp_path / "releases")
    told = json.loads(made.files["datapackage"].read_text("utf-8"))["thai_gdc"]
    assert (told["maintainer"], told["license_id"]) == ("กองยุทธศาสตร์", "CC-BY")


def test_an_unknown_key_of_the_open_data_is_named(tmp_path: Path) -> None:
    words = tmp_path / "words.toml"
    words.write_text('[open_data]\nlicence = "CC-BY"\n', "utf-8")
    with pytest.raises(WrongSettings, match=r"open_data\.licence"):
        make_release(FACTS, words_file=words, releases=tmp_path / "releases")
