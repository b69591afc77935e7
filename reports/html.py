"""The report as one accessible page that needs nothing else: no network, no script."""

import base64
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from reports.chapters.document import Document
from reports.characters import fitted
from reports.figure import Figure, Figures

HERE = Path(__file__).parent
STYLES = {"regular": "SarabunMuni-Regular.woff2", "bold": "SarabunMuni-Bold.woff2"}


def html_of(document: Document, figures: Figures) -> str:
    """The page. Every text is escaped; each figure tells its file, sheet and cells."""
    page: str = _template().render(
        document=fitted(asdict(document)),
        origins={key: fitted(told_origin(figure)) for key, figure in figures.items()},
        fonts=_fonts(),
    )
    return page + "\n"


@cache
def _template() -> Any:
    import jinja2  # only when a page is made

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.j2")


@cache
def _fonts() -> dict[str, str]:
    return {
        style: base64.b64encode((HERE / "fonts" / name).read_bytes()).decode("ascii") for style, name in STYLES.items()
    }


def told_origin(figure: Figure) -> str:
    """Where a figure came from, in one line: file, sheet, cells; or how it was computed."""
    cells = "; ".join(
        f"ไฟล์ {file_name} แผ่นงาน {sheet} เซลล์ {found}" for (_, file_name, sheet), found in figure.cells.items()
    )
    return f"{figure.title}: {figure.formula}" + (f" ({cells})" if cells else "")
