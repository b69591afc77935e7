"""Publishing: refused with reasons, whole, once, readable from outside, and never over an earlier version."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import fsspec
import pytest
from fsspec.implementations.local import LocalFileSystem

from reports.sign.ledger import LEDGER, read_ledger
from reports.sign.publish import Publication, publish
from reports.sign.site import shown_target
from reports.sign.verify import HOLDS, verify
from tests.reports.reading import Page
from tests.reports.sign.signing import CLERK, KNOWN, NOW, OFFICER, WARNING, everything, sign_by_two, write_release
from tests.reports.sign.web import served
from warehouse.vocabulary.errors import Damaged, NotReady, Unreachable, WrongSettings


def published(folder: Path, target: Path | str, **more: Any) -> Publication:
    standard: dict[str, Any] = {"now": NOW, "sign_off": "two", "known": KNOWN, "current": lambda: folder}
    return publish(folder, str(target), **(standard | more))


def publications(releases: Path) -> list[tuple[str, str]]:
    entries = read_ledger(releases)
    return [(one.record["release"], one.record["target"]) for one in entries if one.kind == "publication"]


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    return tmp_path / "releases"


@pytest.fixture
def folder(releases: Path) -> Path:
    """A release signed by two."""
    return sign_by_two(write_release(releases))


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, str]]:
    """A web root and the address that it is served at, on this machine."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    web = tmp_path / "web"
    web.mkdir()
    with served(web) as address:
        yield web, address


def test_a_release_is_published_read_back_and_put_on_record(
    folder: Path, releases: Path, site: tuple[Path, str]
) -> None:
    web, address = site
    done = published(folder, web, address=address)
    assert done.new
    assert {path: (web / path).is_file() for path in done.paths} == dict.fromkeys(done.paths, True)
    assert set(everything(web)) == set(done.paths)
    for name in ("v1", "latest"):
        assert verify(web / "751NH" / "2566-1" / name, KNOWN).code == HOLDS
    assert publications(releases) == [("751NH-2566-1-v1", web.as_posix())]


def refused_as_published(folder: Path, target: Path | str, **more: Any) -> None:
    with pytest.raises(NotReady, match=r"v\d is not published: it is published at .* already, since .*, unchanged"):
        published(folder, target, **more)


def test_published_again_unchanged_is_refused_and_nothing_happens(folder: Path, tmp_path: Path) -> None:
    published(folder, tmp_path / "web")
    before = everything(tmp_path)
    with pytest.raises(NotReady) as refused:
        published(folder, tmp_path / "web", now=NOW.replace(day=25), current=lambda: tmp_path)
    assert f"เผยแพร่ที่ {tmp_path / 'web'} แล้วเมื่อ 20 เมษายน 2566 และไม่มีสิ่งใดเปลี่ยน" in refused.value.words.th
    assert everything(tmp_path) == before
    assert published(folder, tmp_path / "other").new  # another place is another publication


def test_published_already_it_is_still_read_back_from_the_address(
    folder: Path, tmp_path: Path, site: tuple[Path, str]
) -> None:
    web, address = site
    published(folder, web)
    refused_as_published(folder, web, address=address)
    with pytest.raises(Unreachable, match="stay on record as published"):
        published(folder, web, address=f"{address}elsewhere")


def test_what_was_lost_at_the_target_is_put_back_without_a_second_record(
    folder: Path, releases: Path, tmp_path: Path
) -> None:
    published(folder, tmp_path / "web")
    before = everything(tmp_path)
    shutil.rmtree(tmp_path / "web" / "751NH")
    assert not published(folder, tmp_path / "web").new
    assert everything(tmp_path) == before
    (tmp_path / "web/751NH/2566-1/latest/report.html").write_bytes(b"half")
    assert not published(folder, tmp_path / "web").new
    assert everything(tmp_path) == before
    refused_as_published(folder, tmp_path / "web")


def test_what_does_not_belong_to_the_latest_version_any_more_is_taken_away_again(
    folder: Path, releases: Path, tmp_path: Path
) -> None:
    web = tmp_path / "web"
    published(folder, web)
    second = sign_by_two(write_release(releases, 2, files={"report.html": b"<p>5.00</p>"}), "แก้ยอด")
    published(second, web)
    (web / "751NH/2566-1/latest/report.pdf").write_bytes(b"restored")
    assert not published(second, web).new
    assert not (web / "751NH/2566-1/latest/report.pdf").exists()
    refused_as_published(second, web)


def refusal(folder: Path, target: Path, **more: Any) -> str:
    with pytest.raises(NotReady) as refused:
        published(folder, target, **more)
    assert not target.exists()
    return refused.value.words.en


def test_unsigned_or_half_signed_is_refused(releases: Path, tmp_path: Path) -> None:
    folder = write_release(releases)
    assert "not signed yet by the preparer and the approver" in refusal(folder, tmp_path / "web")
    OFFICER.sign(folder, "preparer")
    assert "not signed yet by the approver" in refusal(folder, tmp_path / "web")


def test_signed_by_one_is_refused_where_two_are_needed(releases: Path, tmp_path: Path) -> None:
    folder = write_release(releases)
    CLERK.sign(folder, "approver", sign_off="one")
    assert "preparer" in refusal(folder, tmp_path / "web")
    assert published(folder, tmp_path / "web", sign_off="one").new


def test_signed_by_somebody_unknown_here_is_refused(folder: Path, tmp_path: Path) -> None:
    assert CLERK.name in refusal(folder, tmp_path / "web", known={OFFICER.name: KNOWN[OFFICER.name]})


def test_an_open_critical_finding_is_refused_and_a_resolved_one_is_not(tmp_path: Path) -> None:
    critical = {**WARNING, "severity": "critical"}
    open_one = sign_by_two(write_release(tmp_path / "a", findings=[critical]))
    assert "critical finding is open: The title says five months" in refusal(open_one, tmp_path / "web")
    resolved = sign_by_two(write_release(tmp_path / "b", findings=[{**critical, "resolved": True}]))
    assert published(resolved, tmp_path / "web").new


def test_inputs_that_changed_since_are_refused_and_the_current_release_is_named(
    folder: Path, releases: Path, tmp_path: Path
) -> None:
    newer = write_release(releases, 2, figure="1.00")
    assert "751NH-2566-1-v2" in refusal(folder, tmp_path / "web", current=lambda: newer)


def test_before_its_end_a_period_is_refused(folder: Path, tmp_path: Path) -> None:
    # 30 March 2023, 23:59 in Thailand; a minute later it is the last day of the half
    late = NOW.replace(month=3, day=30, hour=16, minute=59)
    assert "2566-1 is not over" in refusal(folder, tmp_path / "web", now=late)
    assert published(folder, tmp_path / "web", now=late.replace(hour=17, minute=0)).new


def test_all_reasons_are_told_at_once(releases: Path, tmp_path: Path) -> None:
    folder = write_release(releases, findings=[{**WARNING, "severity": "critical"}])
    told = refusal(folder, tmp_path / "web", now=NOW.replace(year=2022))
    assert all(reason in told for reason in ("not signed", "critical", "not over"))


def test_a_changed_release_is_never_published(folder: Path, tmp_path: Path) -> None:
    (folder / "report.pdf").write_bytes(b"%PDF other")
    with pytest.raises(Damaged, match=r"report\.pdf"):
        published(folder, tmp_path / "web")


def test_a_correction_needs_a_reason_and_leaves_the_old_version(folder: Path, releases: Path, tmp_path: Path) -> None:
    web = tmp_path / "web"
    second = sign_by_two(write_release(releases, 2, figure="5.00", files={"report.html": b"<p>5.00</p>"}))
    published(folder, web)
    first = {name: content for name, content in everything(web).items() if "/v1" in name}
    with pytest.raises(NotReady, match="must say why"):
        published(second, web)
    third = sign_by_two(
        write_release(releases, 3, figure="6.00", files={"report.html": b"<p>6.00</p>"}), "แก้ยอดเบิกจ่าย <b>"
    )
    assert published(third, web).new
    now = everything(web)
    assert {name: now[name] for name in first} == first
    assert now["751NH/2566-1/latest/report.html"] == b"<p>6.00</p>"
    assert "751NH/2566-1/latest/report.pdf" not in now
    assert verify(web / "751NH/2566-1/latest").code == HOLDS
    page = now["751NH/index.html"].decode()
    assert "แก้ยอดเบิกจ่าย &lt;b&gt;" in page
    assert "เบิกจ่าย: 3822121.63 → 6.00" in Page(page).text  # against what was published, not against the second
    assert page.index("v3/report.html") < page.index("v1/report.pdf")
    assert "หน้าเว็บ" in page and ">report.html<" not in page
    refused_as_published(folder, web)  # the old one again: nothing happens, and latest stays the third
    assert everything(web) == now
    with pytest.raises(NotReady, match="version 3 is published"):
        published(second, web)


def test_a_published_version_that_someone_changed_is_not_written_over(folder: Path, tmp_path: Path) -> None:
    published(folder, tmp_path / "web")
    (tmp_path / "web/751NH/2566-1/v1/report.html").write_bytes(b"changed")
    with pytest.raises(Damaged, match=r"v1/report\.html"):
        published(folder, tmp_path / "web")


def test_somebody_elses_start_page_is_left_alone(folder: Path, tmp_path: Path) -> None:
    web = tmp_path / "web"
    web.mkdir()
    (web / "index.html").write_text("<h1>เทศบาล</h1>", "utf-8")
    with pytest.raises(NotReady, match="start page"):
        published(folder, web)
    assert set(everything(web)) == {"index.html"}


def test_read_back_wrong_or_not_at_all_nothing_is_put_on_record(
    folder: Path, releases: Path, tmp_path: Path, site: tuple[Path, str]
) -> None:
    web, address = site
    place = tmp_path / "elsewhere"
    with pytest.raises(Unreachable, match=f"all files are at {place} now, but not on record as published: right"):
        published(folder, place, address=address)
    with pytest.raises(WrongSettings):
        published(folder, web, address="file:///etc")
    assert everything(web) == {}
    shutil.copytree(place, web, dirs_exist_ok=True)
    (web / "751NH/2566-1/latest/report.html").write_bytes(b"cached")
    with pytest.raises(Damaged, match="latest/report") as differing:
        published(folder, place, address=address)
    assert f"ไฟล์ทั้งหมดอยู่ที่ {place} แล้ว แต่ยังไม่บันทึกว่าเผยแพร่ โปรดแก้ที่อยู่สาธารณะ" in differing.value.words.th
    assert publications(releases) == []
    assert published(folder, web, address=address).new


class Killed(BaseException):
    """The process ends here."""


class Dying(LocalFileSystem):
    """A folder on a machine that dies after so many writes, in the middle of one."""

    protocol = "dying"
    left: ClassVar[int] = 0

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return super()._strip_protocol(str(path).removeprefix("dying://"))

    def _step(self, unfinished: Callable[[], object] = lambda: None) -> None:
        if Dying.left == 0:
            unfinished()
            raise Killed
        Dying.left -= 1

    def pipe_file(self, path: str, value: bytes, **more: Any) -> None:
        self._step(lambda: super(Dying, self).pipe_file(path, value[: len(value) // 2]))
        super().pipe_file(path, value, **more)

    def mv(self, path1: str, path2: str, **more: Any) -> None:
        self._step()
        super().mv(path1, path2, **more)

    def rm_file(self, path: str) -> None:
        self._step()
        super().rm_file(path)


def test_killed_at_any_step_and_run_again_it_is_published_once(
    releases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsspec.register_implementation("dying", Dying, clobber=True)
    first = sign_by_two(write_release(releases))
    second = sign_by_two(write_release(releases, 2, files={"report.html": b"<p>5.00</p>"}), "แก้ยอด")
    web = tmp_path / "web"
    monkeypatch.setattr(Dying, "left", 10_000)
    published(first, f"dying://{web}")
    start, ledger = everything(web), (releases / LEDGER).read_bytes()
    monkeypatch.setattr(Dying, "left", 10_000)
    published(second, f"dying://{web}")
    steps, end = 10_000 - Dying.left, everything(web)
    for left in range(steps):
        shutil.rmtree(web)
        for name, content in start.items():
            (web / name).parent.mkdir(parents=True, exist_ok=True)
            (web / name).write_bytes(content)
        (releases / LEDGER).write_bytes(ledger)
        monkeypatch.setattr(Dying, "left", left)
        with pytest.raises(Killed):
            published(second, f"dying://{web}")
        seen = {name: content for name, content in everything(web).items() if not Path(name).name.startswith(".")}
        assert all(content in (start.get(name), end.get(name)) for name, content in seen.items()), "half a file"
        assert len(publications(releases)) == 1
        monkeypatch.setattr(Dying, "left", 10_000)
        assert published(second, f"dying://{web}").new
        refused_as_published(second, f"dying://{web}")
        assert everything(web) == end
        assert len(publications(releases)) == 2
    assert steps == 15  # 7 files written and renamed (3 of the version, 3 latest, 1 page), 1 stale name taken away


def test_any_fsspec_address_will_do(folder: Path, releases: Path) -> None:
    assert published(folder, "memory://site/reports").new
    assert fsspec.filesystem("memory").cat_file("/site/reports/751NH/2566-1/latest/report.html")
    refused_as_published(folder, "memory://site/reports")
    fsspec.filesystem("memory").rm("/site", recursive=True)


def test_passwords_in_an_address_are_told_nobody() -> None:
    assert shown_target("sftp://user:secret@host.example:22/web?x=secret") == "sftp://host.example:22/web"


@pytest.mark.parametrize(
    "target",
    [
        "sftp://user:s3c/ret@host/web",
        "sftp://user:s3c#ret@host/web",
        "sftp://user:12/s3cret@host/web",
        "sftp://user:pass@s3c/ret@host/web",
        "webdav://user:[s3cret@host/web",
        "simplecache::sftp://user:s3cret@host/web",
    ],
)
def test_an_address_that_can_be_read_in_two_ways_is_refused_without_its_password(target: str) -> None:
    with pytest.raises(WrongSettings) as refused:
        shown_target(target)
    assert "s3c" not in str(refused.value) and "%40" in refused.value.words.th
    assert refused.value.__context__ is None


@pytest.mark.parametrize("target", ["nosuch://x/y", "ftp://127.0.0.1:1/x"])
def test_a_target_that_cannot_be_used_is_told_and_not_on_record(folder: Path, releases: Path, target: str) -> None:
    with pytest.raises((WrongSettings, Unreachable)):
        published(folder, target)
    assert publications(releases) == []
