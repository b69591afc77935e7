"""The settings, read once from prongsai.toml and the environment, and handed down from here."""

import csv
import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PositiveInt, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from connectors.limits import Limits
from expectations.comments_file import read_comments
from expectations.confirmations_file import Confirmation, read_confirmations
from expectations.corrections_file import read_corrections
from expectations.crosswalk_file import Match, read_crosswalk
from flows.deadlines import Calendar, read_deadlines
from reports.chapters.document import Digits
from warehouse.vocabulary.errors import WrongSettings
from warehouse.vocabulary.records import Comment, Correction, Organisation, StandIn


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
    settle_seconds: float = 5.0
    serve_host: str = "127.0.0.1"
    serve_port: int = 4200
    alerts: tuple[SecretStr, ...] = ()
    alert_repeat_hours: float = 24.0
    escalate: tuple[SecretStr, ...] = ()
    deadlines: Path = Path("deadlines.csv")
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
        """Those of prongsai.toml and those of the file that it names."""
        written = [Organisation(**one.model_dump()) for one in self.organisation]
        return (*written, *(_organisations_in(self.path(self.organisations)) if self.organisations else ()))

    def all_corrections(self) -> tuple[Correction, ...]:
        """Those of the corrections file; none if there is no such file."""
        path = self.path(self.corrections)
        return read_corrections(path) if path.is_file() else ()

    def all_confirmations(self) -> tuple[Confirmation, ...]:
        """Those of the confirmations file; none if there is no such file."""
        path = self.path(self.confirmations)
        return read_confirmations(path) if path.is_file() else ()

    def all_matches(self) -> tuple[Match, ...] | None:
        """Those of the crosswalk file; None if there is no such file, and so no wish to compare plan and budget."""
        path = self.path(self.crosswalk)
        return read_crosswalk(path) if path.is_file() else None

    def all_comments(self) -> tuple[Comment, ...]:
        """Those of the comments file; none if there is no such file."""
        path = self.path(self.comments)
        return read_comments(path) if path.is_file() else ()

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
        said = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in cause.errors(include_input=False))
        raise _wrong(path, said) from cause
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as cause:
        raise _wrong(path, str(cause)) from cause
    return settings


def _organisations_in(path: Path) -> list[Organisation]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [
                Organisation(*(line[k] for k in ("code", "name", "district", "province")))
                for line in csv.DictReader(file)
            ]
    except (OSError, UnicodeDecodeError, KeyError, csv.Error) as cause:
        raise _wrong(path, f"{cause} (code,name,district,province)") from cause


def _wrong(path: Path, what: str) -> WrongSettings:
    return WrongSettings(f"ตั้งค่าไม่ถูกต้องใน {path}: {what}", f"wrong settings in {path}: {what}")
