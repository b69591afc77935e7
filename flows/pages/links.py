"""Where a browser finds what a run wrote: Prefect's pages link to it, and browsers open no file from there."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from flows.settings import Settings
from warehouse.vocabulary.errors import Words

READ = {"report.pdf": Words("pdf", "pdf"), "report.html": Words("หน้าเว็บ", "web"), "report.xlsx": Words("xlsx", "xlsx")}
"""The files of a release that people read, and what they are called."""


def page_folders(settings: Settings) -> Mapping[str, Path]:
    """The folders that are served, by the first part of their addresses."""
    return {
        "findings": settings.path(settings.state) / "findings",
        "releases": settings.path(settings.releases),
    }


def linked(settings: Settings, path: Path, text: str) -> str:
    """A Markdown link to a file in one of these folders, or the file's path where nobody serves them."""
    for name, folder in page_folders(settings).items():
        if settings.pages_url and path.is_relative_to(folder):
            address = quote(path.relative_to(folder).as_posix())
            return f"[{text}]({settings.pages_url.rstrip('/')}/{name}/{address})"
    return f"{text} `{path}`"


def release_links(settings: Settings, folder: Path) -> str:
    """Links to the files of a release that people read; the path of its folder where nobody serves it."""
    if settings.pages_url is None:
        return f"`{folder}`"
    names = {file: "/".join(dict.fromkeys((words.th, words.en))) for file, words in READ.items()}
    return " ".join(linked(settings, folder / file, name) for file, name in names.items())
