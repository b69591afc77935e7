"""The settings, read once from prongsai.toml and the environment, and handed down from here."""

import csv
import tomllib
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, Field, PositiveInt, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from connectors.limits import Limits
from expectations.comments_file import read_comments
from expectations.confirmations_file import Confirmation, read_confirmations
from expectations.corrections_file import read_corrections
from expectations.crosswalk_file import Match, read_crosswalk
from expectations.decision_file import wrong_decision
from flows.watch.deadlines import Calendar, read_deadlines
from reports.chapters.document import Digits
from warehouse.vocabulary.errors import Words, WrongSettings
from warehouse.vocabulary.records import Comment, Correction, Organisation, StandIn

_COLUMNS = ("code", "name", "district", "province")


class _OfOrganisation(Protocol):
    @property
    def organisation(self) -> str: ...


_Decision = TypeVar("_Decision", bound=_OfOrganisation)


class OrganisationSetting(BaseModel):
    """One [[organisation]] of prongsai.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    name: str
    district: str
    province: str


class Settings(BaseSettings):
    """Everything that can be set; each as PRONGSAI_… in the environment too, which wins. Paths are from `folder`."""

    model_config = SettingsConfigDict(env_prefix="PRONGSAI_", extra="forbid", frozen=True)

    folder: Path = Path()
    inbox: Path = Path("inbox")
    handled: Path | None = None  # files that count stay in the inbox
    state: Path = Path(".prongsai")
    releases: Path = Path("releases")
    words: Path = Path("words")
    report_template: Path | None = None
    digits: Digits = "mixed"
    corrections: Path = Path("corrections.toml")
    confirmations: Path = Path("confirmations.toml")
    crosswalk: Path = Path("crosswalk.toml")
    comments: Path = Path("comments.toml")
    data_docs: Path | None = None
    organisations: Path | None = None
    organisation: tuple[OrganisationSetting, ...] = ()
    database_url: SecretStr | None = None
    lang: Literal["th", "en"] = "th"
    portals: tuple[Path, ...] = ()
    stand_ins: tuple[StandIn, ...] = ()
    task_runner: Literal["threads", "processes", "dask"] = "threads"
    dask_scheduler: str | None = None
    sign_off: Literal["two", "one"] = "two"
    sign_off_days: int = Field(30, ge=0, le=366)
    publish_to: SecretStr | None = None
    publish_address: str | None = None
    settle_seconds: float = 5.0
    serve_host: str = "127.0.0.1"
    serve_port: int = Field(4200, ge=1, le=65535)
    pages_port: int = Field(4201, ge=0, le=65535)  # 0: any that is free
    pages_url: str | None = None
    alerts: tuple[SecretStr, ...] = ()
    alert_repeat_hours: float = 24.0
    escalate: tuple[SecretStr, ...] = ()
    deadlines: Path = Path("deadlines.csv")
    ita_items: Path = Path("ita_items.csv")
    reminder_days: tuple[PositiveInt, ...] = (15, 5)
    sync_within_hours: float = 12.0
    disk_room: int = 1_000_000_000
    limits: Limits = Limits()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment before the file, whose values `read_settings` passes as arguments."""
        return env_settings, init_settings

    def path(self, path: Path) -> Path:
        """A path of the settings, from the folder of prongsai.toml."""
        return self.folder / path

    @property
    def warehouse_url(self) -> str:
        """The database, by default one SQLite file in the state folder."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{(self.path(self.state) / 'warehouse.db').resolve()}"

    @property
    def archive(self) -> Path:
        """Where fetched bytes are kept."""
        return self.path(self.state) / "archive"

    def all_organisations(self) -> tuple[Organisation, ...]:
        """Those of prongsai.toml and those of the file that it names. Raises WrongSettings if two have one code."""
        written = tuple(Organisation(**one.model_dump()) for one in self.organisation)
        return (*written, *(_organisations_in(self.path(self.organisations), written) if self.organisations else ()))

    def check_organisation(self, code: str | None) -> None:
        """Raises WrongSettings for a code, where one was named, that no organisation has."""
        if code not in (None, *(one.code for one in self.all_organisations())):
            raise WrongSettings(
                f"ไม่มีหน่วยงานรหัส {code} ใน prongsai.toml โปรดตรวจรหัส",
                f"prongsai.toml has no organisation {code}; check the code",
            )

    def all_corrections(self) -> tuple[Correction, ...]:
        """Those of the corrections file; none if there is no such file."""
        return self._decided(self.corrections, read_corrections) or ()

    def all_confirmations(self) -> tuple[Confirmation, ...]:
        """Those of the confirmations file; none if there is no such file."""
        return self._decided(self.confirmations, read_confirmations) or ()

    def all_matches(self) -> tuple[Match, ...] | None:
        """Those of the crosswalk file; None if there is no such file, and so no wish to compare plan and budget."""
        return self._decided(self.crosswalk, read_crosswalk)

    def all_comments(self) -> tuple[Comment, ...]:
        """Those of the comments file; none if there is no such file."""
        return self._decided(self.comments, read_comments) or ()

    def _decided(self, file: Path, read: Callable[[Path], tuple[_Decision, ...]]) -> tuple[_Decision, ...] | None:
        """The decisions in a file, each on an organisation that there is: a mistyped code would never be missed."""
        path = self.path(file)
        if not path.is_file():
            return None
        decisions, known = read(path), {one.code for one in self.all_organisations()}
        for number, one in enumerate(decisions, start=1):
            if one.organisation not in known:
                raise wrong_decision(path, f"{number}: organisation = {one.organisation!r}")
        return decisions

    def calendar(self) -> Calendar:
        """The deadlines, those of the own file first, if there is one."""
        path = self.path(self.deadlines)
        return Calendar(read_deadlines(path) if path.is_file() else {}, self.reminder_days)

    def words_file(self, code: str) -> Path | None:
        """The organisation's own words for its report, if it wrote any."""
        path = self.path(self.words) / f"{code}.toml"
        return path if path.is_file() else None


def read_settings(path: Path) -> Settings:
    """The settings of a prongsai.toml. Raises WrongSettings that names the file and what is wrong in it."""
    try:
        written: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        settings = Settings(**(written | {"folder": path.resolve().parent}))
    except FileNotFoundError as cause:
        raise WrongSettings(
            f"ไม่พบไฟล์ตั้งค่า {path} โปรดสั่ง prongsai init หรือระบุด้วย --config",
            f"there is no settings file {path}; run prongsai init, or name one by --config",
        ) from cause
    except ValidationError as cause:
        said = [_said(error) for error in cause.errors(include_input=False)]
        raise _wrong(path, "; ".join(one.th for one in said), "; ".join(one.en for one in said)) from cause
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as cause:
        raise _wrong(path, str(cause)) from cause
    _refuse_handled_in_inbox(settings, path)
    return settings


def _said(error: ErrorDetails) -> Words:
    """One thing that is wrong, and what to do; pydantic's own words where they say it best."""
    place, name = ".".join(map(str, error["loc"])), str(error["loc"][-1])
    if error["type"] == "extra_forbidden" and len(error["loc"]) > 1 and name in Settings.model_fields:
        return Words(
            f"{name} เขียนไว้ใต้ [[organisation]] หรือ [limits] โปรดย้ายขึ้นไปเหนือบรรทัดนั้น",
            f"{name} stands below [[organisation]] or [limits]: move it above that line",
        )
    if error["type"] == "extra_forbidden":
        near = get_close_matches(name, Settings.model_fields, 1)
        th, en = (f" ใกล้เคียงที่สุดคือ {near[0]}", f"; the nearest is {near[0]}") if near else ("", "")
        return Words(f"ไม่มีการตั้งค่าชื่อ {place}{th}", f"there is no setting {place}{en}")
    if error["type"] == "missing":
        return Words(f"ขาด {place}", f"{place} is missing")
    if error["type"] == "literal_error":
        expected = error["ctx"]["expected"]
        return Words(f"{place} ต้องเป็น {expected.replace(' or ', ' หรือ ')}", f"{place} must be {expected}")
    return Words(f"{place}: {error['msg']}", f"{place}: {error['msg']}")


def _refuse_handled_in_inbox(settings: Settings, path: Path) -> None:
    """What is moved must not come to lie where it is read again: the folders lie apart, links followed."""
    if settings.handled is None:
        return
    inbox, handled = (settings.path(one).resolve() for one in (settings.inbox, settings.handled))
    if inbox.is_relative_to(handled) or handled.is_relative_to(inbox):
        raise _wrong(
            path,
            f"handled ({handled}) ต้องอยู่นอกโฟลเดอร์รับไฟล์ ({inbox}) และไม่ครอบโฟลเดอร์รับไฟล์",
            f"handled ({handled}) must lie outside of the inbox ({inbox}), and not hold it",
        )


def _organisations_in(path: Path, written: Sequence[Organisation]) -> list[Organisation]:
    """Those of a file, whose codes must be neither each other's nor those of the `written` ones."""
    found, codes = list[Organisation](), {one.code for one in written}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.DictReader(file, strict=True)
            for line in lines:
                values = [(line[column] or "").strip() for column in _COLUMNS]
                if not all(values) or None in line:
                    said = f"{','.join(values)} ({','.join(_COLUMNS)})"
                    raise _wrong(path, f"บรรทัด {lines.line_num}: {said}", f"line {lines.line_num}: {said}")
                if values[0] in codes:
                    raise _wrong(
                        path,
                        f"บรรทัด {lines.line_num}: รหัส {values[0]} มีอยู่แล้ว",
                        f"line {lines.line_num}: code {values[0]} is there already",
                    )
                codes.add(values[0])
                found.append(Organisation(*values))
    except (OSError, UnicodeDecodeError, KeyError, csv.Error) as cause:
        raise _wrong(path, f"{cause} ({','.join(_COLUMNS)})") from cause
    return found


def _wrong(path: Path, what: str, in_english: str | None = None) -> WrongSettings:
    return WrongSettings(f"ตั้งค่าไม่ถูกต้องใน {path}: {what}", f"wrong settings in {path}: {in_english or what}")
