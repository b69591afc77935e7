"""Publishing to real servers: SFTP, S3, WebDAV. The same files arrive as in a folder, whole, and once."""

import os
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest

from reports.sign.ledger import read_ledger
from reports.sign.publish import Publication, publish
from tests.reports.sign.signing import KNOWN, NOW, everything, sign_by_two, write_release
from tests.reports.sign.targets import PASSWORD, Contents, s3_server, sftp_server, webdav_server
from warehouse.vocabulary.errors import Damaged, NotReady, Unreachable

pytestmark = pytest.mark.server
SERVERS = {"sftp": sftp_server, "s3": s3_server, "webdav": webdav_server}


@pytest.fixture(params=SERVERS)
def target(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, Contents]]:
    with SERVERS[request.param](tmp_path, monkeypatch) as served:
        yield served


@pytest.fixture
def versions(tmp_path: Path) -> tuple[Path, Path]:
    """Two versions of one report, signed; the first has a file that the second lacks."""
    first = sign_by_two(write_release(tmp_path / "releases"))
    files = {"report.html": "<p>แก้</p>".encode()}
    return first, sign_by_two(write_release(tmp_path / "releases", 2, files=files), "แก้ยอด")


def published(folder: Path, target: str, address: str | None = None) -> Publication:
    return publish(folder, target, now=NOW, sign_off="two", known=KNOWN, current=lambda: folder, address=address)


def test_two_versions_arrive_as_in_a_folder_and_once(
    target: tuple[str, Contents], versions: tuple[Path, Path], tmp_path: Path
) -> None:
    address, contents = target
    for folder in versions:
        published(folder, str(tmp_path / "local"))
        assert published(folder, address).new
        assert contents() == everything(tmp_path / "local")
    with pytest.raises(NotReady, match="already"):
        published(versions[1], address)
    assert contents() == everything(tmp_path / "local")
    told = [str(one.record["target"]) for one in read_ledger(tmp_path / "releases") if one.kind == "publication"]
    assert len(told) == 4
    assert PASSWORD not in str(told) and "p%40ss" not in str(told)


def test_a_published_version_that_someone_changed_there_is_not_written_over(
    target: tuple[str, Contents], versions: tuple[Path, Path], tmp_path: Path
) -> None:
    address, contents = target
    published(versions[0], address)
    other = write_release(tmp_path / "other", figure="1.00")
    with pytest.raises(Damaged, match=r"v1/|v1\.approvals"):
        published(sign_by_two(other), address)
    assert contents()["751NH/2566-1/v1/report.pdf"] == (versions[0] / "report.pdf").read_bytes()


@pytest.mark.parametrize("kind", SERVERS)
def test_a_server_that_refuses_or_is_gone_is_told_without_the_password_and_not_on_record(
    kind: str, versions: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with SERVERS[kind](tmp_path, monkeypatch) as (address, contents):
        if kind == "s3":
            refused = "s3://nobodys/reports"
        elif kind == "sftp":
            refused = address
            known = Path(os.environ["HOME"], ".ssh/known_hosts")
            known.write_text(known.read_text("ascii").replace("AAAAI", "AAAAJ"), "ascii")  # another server's key
        else:
            refused = address.replace("word", "wrong")
        with pytest.raises(Unreachable) as failed:
            published(versions[0], refused)
        assert "pass" not in str(failed.value) and "p%40ss" not in str(failed.value)
        assert contents() == {}
    with pytest.raises(Unreachable):
        published(versions[0], address)
    assert not [one for one in read_ledger(tmp_path / "releases") if one.kind == "publication"]


def test_s3_serves_pages_as_pages_and_they_are_read_back(
    versions: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with s3_server(tmp_path, monkeypatch) as (address, _):
        assert published(versions[0], address, f"{os.environ['AWS_ENDPOINT_URL']}/web/reports").new
        kept = boto3.client("s3").head_object(Bucket="web", Key="reports/751NH/2566-1/latest/report.html")
        assert kept["ContentType"] == "text/html; charset=utf-8"
