"""A portal as declared in TOML: where it is, how to sign in, where its files are. No secret stands in it.

A value "env:NAME", "file:PATH" or "prefect:BLOCK" names a secret; {fiscal_year}, {half} and {organisation} stand for
what is wanted. docs/portal-recipes.md explains every key.
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import quote, urljoin

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, model_validator

from connectors.portal.address import is_open_to_others, is_web_address
from warehouse.vocabulary.errors import WrongSettings
from warehouse.vocabulary.records import MONEY_OF

REFERENCE = ("env:", "file:", "prefect:")
_REFERENCES = '"env:NAME", "file:PATH" or "prefect:BLOCK"'
_PLACE = re.compile(r"\{(\w*)\}")


def _one_line(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise ValueError("must be one line of text")
    return text


def _known_source(text: str) -> str:
    if text not in MONEY_OF:
        raise ValueError(f"must be one of {', '.join(MONEY_OF)}")
    return text


def _known_places(text: str) -> str:
    if text.startswith(REFERENCE) and _PLACE.search(text):
        raise ValueError("names a secret, which is one for all organisations and periods")
    for unknown in set(_PLACE.findall(text)) - {"fiscal_year", "half", "organisation"}:
        raise ValueError(f"knows no {{{unknown}}}, only {{fiscal_year}}, {{half}} and {{organisation}}")
    return text


def _beside_the_recipe(text: str, validation: ValidationInfo[Path | None]) -> str:
    return str((validation.context or Path()) / text)


def _rooted(text: str, validation: ValidationInfo[Path | None]) -> str:
    """A reference to a file starts where the recipe stands."""
    is_file = text.startswith("file:")
    return f"file:{_beside_the_recipe(text.removeprefix('file:'), validation)}" if is_file else text


def _named_only(text: str) -> str:
    if not text.startswith(REFERENCE):
        raise ValueError(f"must name a secret as {_REFERENCES}; a secret itself may not stand here")
    return text


Line = Annotated[str, AfterValidator(_one_line)]
Text = Annotated[Line, AfterValidator(_known_places)]  # may hold {fiscal_year}, {half}, {organisation}
Value = Annotated[Line, AfterValidator(_rooted)]  # may name a secret
Secret = Annotated[Value, AfterValidator(_named_only)]
OwnFile = Annotated[Line, AfterValidator(_beside_the_recipe)]
Seconds = Annotated[float, Field(ge=0, le=3600)]


class _Declared(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)


class FormLogin(_Declared):
    """A page with a form: its hidden fields are sent along with these."""

    kind: Literal["form"]
    page: Line
    fields: dict[str, Value]

    @property
    def secret_fields(self) -> frozenset[str]:
        """The fields of the form that take a secret."""
        return frozenset(name for name, value in self.fields.items() if value.startswith(REFERENCE))

    @model_validator(mode="after")
    def _names_a_secret(self) -> "FormLogin":
        if not self.secret_fields:
            raise ValueError(f"at least one field must name a secret as {_REFERENCES}")
        return self


class BasicLogin(_Declared):
    """A user and a password in each request."""

    kind: Literal["basic"]
    user: Value
    password: Secret


class BearerLogin(_Declared):
    """A token in each request."""

    kind: Literal["bearer"]
    token: Secret


class ListedFiles(_Declared):
    """A page whose links, as whole addresses, match a pattern; its group "organisation" tells whose a file is."""

    kind: Literal["list"]
    page: Text
    links: re.Pattern[str]
    web_pages: bool = False  # whether a report may come as a plain web page

    @property
    def by_organisation(self) -> bool:
        """Whether each organisation has a page of its own."""
        return "{organisation}" in self.page


class AddressedFiles(_Declared):
    """An address and fields for it, sent along with the hidden fields of a form if that stands on another page."""

    kind: Literal["address"]
    address: Text
    method: Literal["GET", "POST"] = "GET"
    form_page: Text | None = None
    fields: dict[str, Annotated[Value, AfterValidator(_known_places)]] = Field(default_factory=dict)
    web_pages: bool = False

    @property
    def by_organisation(self) -> bool:
        """Whether each organisation is asked for on its own."""
        return any("{organisation}" in text for text in (self.address, self.form_page or "", *self.fields.values()))


class Recipe(_Declared):
    """One portal; times in seconds."""

    name: Line
    address: Line
    source: Annotated[str, AfterValidator(_known_source)] | None = None  # None: of any
    login: FormLogin | BasicLogin | BearerLogin | None = Field(None, discriminator="kind")
    files: ListedFiles | AddressedFiles = Field(discriminator="kind")
    ca_file: OwnFile | None = None
    proxy: Value | None = None
    timeout: Annotated[float, Field(gt=0, le=3600)] = 30.0
    tries: Annotated[int, Field(ge=1, le=10)] = 4
    pause: Seconds = 1.0  # between two requests to one host

    def at(self, text: str, places: Mapping[str, str]) -> str:
        """The whole address of a page of this portal."""
        return urljoin(self.address, placed(text, {name: quote(value, safe="") for name, value in places.items()}))

    @property
    def references(self) -> tuple[str, ...]:
        """The secrets that the recipe names."""
        said = [self.proxy or "", *(self.files.fields.values() if isinstance(self.files, AddressedFiles) else ())]
        match self.login:
            case FormLogin(fields=fields):
                said += fields.values()
            case BasicLogin(user=user, password=password):
                said += [user, password]
            case BearerLogin(token=token):
                said += [token]
        return tuple(dict.fromkeys(text for text in said if text.startswith(REFERENCE)))

    @model_validator(mode="after")
    def _is_safe(self) -> "Recipe":
        if not is_web_address(self.address):
            raise ValueError("address: must be a web address without user or password")
        if self.login is not None and is_open_to_others(self.address):
            raise ValueError("address: must begin with https://, or the password could be read on its way")
        return self


def placed(text: str, places: Mapping[str, str]) -> str:
    """The text with what stands for {fiscal_year}, {half} and {organisation}."""
    return _PLACE.sub(lambda place: places[place[1]], text)


def read_recipe(path: Path) -> Recipe:
    """The recipe in a file; raises WrongSettings that names the key where it is wrong, never its value."""
    try:
        return Recipe.model_validate(tomllib.loads(path.read_text(encoding="utf-8")), context=path.absolute().parent)
    except OSError as error:
        cause = error.strerror
    except ValidationError as error:
        cause = "; ".join(
            f"{'.'.join(map(str, wrong['loc']))} {wrong['msg'].removeprefix('Value error, ')}".strip()
            for wrong in error.errors(include_input=False, include_url=False, include_context=False)
        )
    except ValueError as error:  # no TOML, or not in UTF-8: it names the line
        cause = str(error)
    raise WrongSettings(
        f"ไฟล์กำหนดพอร์ทัล {path} ใช้ไม่ได้ กรุณาแก้ไข: {cause}",
        f"The portal recipe {path} cannot be used, correct it: {cause}",
    )
