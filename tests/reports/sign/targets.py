"""Servers on this machine that releases are published to: SFTP, S3 and WebDAV, each over a folder or a bucket."""

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

import asyncssh
import boto3
import pytest
import requests
from cheroot.wsgi import Server as WsgiServer
from moto.server import ThreadedMotoServer
from s3fs import S3FileSystem
from wsgidav.wsgidav_app import WsgiDAVApp

from tests.reports.sign.signing import everything

PASSWORD = "p@ss/word"
Contents = Callable[[], dict[str, bytes]]


class _Server(asyncssh.SSHServer):
    connections: ClassVar[list[asyncssh.SSHServerConnection]] = []

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self.connections.append(conn)

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == ("web", PASSWORD)


@contextmanager
def sftp_server(folder: Path, patched: pytest.MonkeyPatch) -> Iterator[tuple[str, Contents]]:
    """The address of a server whose host key is in the known hosts, and what it holds."""
    home, web = folder / "home", folder / "web"
    (home / ".ssh").mkdir(parents=True)
    web.mkdir()
    patched.setenv("HOME", str(home))
    key, loop = asyncssh.generate_private_key("ssh-ed25519"), asyncio.new_event_loop()

    def served(channel: "asyncssh.SSHServerChannel[bytes]") -> asyncssh.SFTPServer:
        return asyncssh.SFTPServer(channel, chroot=str(web).encode())

    listening = loop.run_until_complete(
        asyncssh.create_server(_Server, "127.0.0.1", 0, server_host_keys=[key], sftp_factory=served)
    )
    known = f"[127.0.0.1]:{listening.get_port()} {key.export_public_key().decode()}"
    (home / ".ssh/known_hosts").write_text(known, "ascii")
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield f"sftp://web:p%40ss%2Fword@127.0.0.1:{listening.get_port()}/reports", lambda: everything(web / "reports")
    asyncio.run_coroutine_threadsafe(_closed(listening), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


async def _closed(listening: asyncssh.SSHAcceptor) -> None:
    listening.close()
    while _Server.connections:
        connection = _Server.connections.pop()
        connection.abort()
        await connection.wait_closed()
    await listening.wait_closed()


@contextmanager
def s3_server(folder: Path, patched: pytest.MonkeyPatch) -> Iterator[tuple[str, Contents]]:
    """The address of a folder in a bucket, with the keys in the environment, and what it holds."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "somebody",
        "AWS_SECRET_ACCESS_KEY": PASSWORD,
        "AWS_DEFAULT_REGION": "ap-southeast-1",
        "HOME": str(folder),
        "no_proxy": "127.0.0.1",
    }.items():
        patched.setenv(name, value)
    requests.post(f"http://127.0.0.1:{port}/moto-api/reset", timeout=10).raise_for_status()  # all its servers share one
    S3FileSystem.clear_instance_cache()  # it remembers the address of the test before
    client = boto3.client("s3")
    client.create_bucket(Bucket="web", CreateBucketConfiguration={"LocationConstraint": "ap-southeast-1"})
    public = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::web/*"}
    client.put_bucket_policy(Bucket="web", Policy=json.dumps({"Version": "2012-10-17", "Statement": [public]}))

    def contents() -> dict[str, bytes]:
        keys = [one["Key"] for one in client.list_objects_v2(Bucket="web").get("Contents", [])]
        return {key.removeprefix("reports/"): client.get_object(Bucket="web", Key=key)["Body"].read() for key in keys}

    yield "s3://web/reports", contents
    server.stop()


@contextmanager
def webdav_server(folder: Path, patched: pytest.MonkeyPatch) -> Iterator[tuple[str, Contents]]:
    """The address of a folder, with its password, and what it holds."""
    patched.setenv("no_proxy", "127.0.0.1")
    web = folder / "web"
    web.mkdir()
    users = {"*": {"web": {"password": PASSWORD}}}
    application = WsgiDAVApp(
        {"provider_mapping": {"/": str(web)}, "simple_dc": {"user_mapping": users}, "verbose": 0, "logging": {}}
    )
    server = WsgiServer(("127.0.0.1", 0), application)
    server.prepare()
    thread = threading.Thread(target=server.serve)
    thread.start()
    port = server.bind_addr[1]
    yield f"webdav+http://web:p%40ss%2Fword@127.0.0.1:{port}/reports", lambda: everything(web / "reports")
    server.stop()
    thread.join()
