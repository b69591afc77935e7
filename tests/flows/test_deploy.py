"""What README, docs/ and deploy/ tell people to run: every command exists; units, compose and prefect.yaml read."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from flows.deployments import LOADED, TABLE, ZONE
from flows.parser import VERBS, parser
from flows.server import server_environment
from flows.settings import Settings

ROOT = Path(__file__).parent.parent.parent
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
PAGES = [
    "install",
    "run",
    "alerts",
    "backfill",
    "deadlines",
    "hand-in-an-export",
    "read-a-finding",
    "troubles",
    "rap-gold",
]
TEXTS = [*(ROOT / "docs" / f"{name}.md" for name in PAGES), DEPLOY / "README.md"]
"""For the people who run it."""
DOCUMENTS = [*ROOT.glob("*.md"), *sorted((ROOT / "docs").rglob("*.md")), *ROOT.glob("examples/*/*.md"), *TEXTS[-1:]]
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
PREFECT = yaml.safe_load((DEPLOY / "prefect.yaml").read_text(encoding="utf-8"))

_COMMAND = re.compile(r"prongsai(?=\s+[a-z])((?:\s+[^\s`|<>&;()]+)+)")


def commands_in(text: str) -> Iterator[list[str]]:
    """The arguments of every `prongsai …` in code: between backticks, and in indented lines.

    What is optional is taken as given, and of alternatives the first: [--json], (--all | --one), preparer|approver.
    """
    text = re.sub(r"\(([^()|`\n]+) \|[^()`\n]*\)|(?<=\w)\|\w+", r"\1", text.replace("\\|", "|"))
    text = re.sub(r"\[(-[^\]`\n]*|[A-Z]+)\]", r"\1", text)
    code = re.findall(r"`([^`\n]+)`", text) + re.findall(r"^ {4,}(.+)$", text, re.MULTILINE)
    for line in code:
        if re.match(r"(\S*/)?(prongsai|sudo|\*/15)\b", line.strip()) or "bin/prongsai " in line:
            for found in _COMMAND.finditer(line):
                yield shlex.split(found[1], comments=True)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_in_the_documents_exists(path: Path):
    commands = list(commands_in(path.read_text(encoding="utf-8")))
    assert commands or path not in TEXTS
    for verb, *rest in commands:
        if rest:
            parser().parse_args([verb, *rest])
        else:
            assert verb in VERBS  # named, in a sentence


def test_every_target_of_make_in_the_documents_exists():
    makefile = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {
        name
        for path in DOCUMENTS
        for name in re.findall(r"(?:`|^ {4})make (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert {"run", "test"} <= named <= makefile


def test_a_command_that_does_not_exist_would_be_found():
    [bare, wrong] = commands_in("run `prongsai status --htm x`\n\n    .venv/bin/prongsai serv [--all]  # all\n")
    assert (bare[0], wrong) == ("status", ["serv", "--all"])
    with pytest.raises(SystemExit):
        parser().parse_args(wrong)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_of_a_page_leads_somewhere(path: Path):
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_a_page_is_short_and_in_both_languages(path: Path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 70
    assert re.search("[ก-ฮ]{3}", text) and re.search(r"\b(the|of|and)\b", text)


def test_every_setting_that_the_documents_name_is_one():
    named = re.findall(
        r"`(alert\w*|escalate|reminder_days|stand_ins|serve_\w+|sign_off_days|sync_within\w*|disk_room)`",
        "".join(path.read_text("utf-8") for path in TEXTS),
    )
    assert named and set(named) <= set(Settings.model_fields)


# ---- systemd


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_runs_commands_that_exist(unit: Path):
    for line in re.findall(r"^ExecStart=.*/prongsai ([^'\n]+)'?$", unit.read_text(encoding="utf-8"), re.MULTILINE):
        parser().parse_args(shlex.split(line))


def test_the_units_are_ones_that_systemd_takes(tmp_path: Path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd here")
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace("/opt/prongsai/bin/prongsai", sys.executable)
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    verify = ["systemd-analyze", "verify", *map(str, sorted(tmp_path.iterdir()))]
    done = subprocess.run(verify, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_service_that_runs_once_has_a_timer_and_no_unit_runs_as_root():
    services = {unit.stem: unit.read_text(encoding="utf-8") for unit in UNITS if unit.suffix == ".service"}
    timers = {unit.stem for unit in UNITS if unit.suffix == ".timer"}
    assert timers == {name for name, text in services.items() if "Type=oneshot" in text}
    assert all("User=prongsai" in text and "NoNewPrivileges=yes" in text for text in services.values())


def test_the_service_asks_only_the_main_process_to_stop():
    assert "KillMode=mixed" in (DEPLOY / "systemd/prongsai.service").read_text(encoding="utf-8")


def test_what_the_service_says_is_in_the_journal_at_once():
    assert "Environment=PYTHONUNBUFFERED=1" in (DEPLOY / "systemd/prongsai.service").read_text(encoding="utf-8")


# ---- containers


def test_the_image_is_built_from_the_hashed_lock_and_runs_as_nobody_special():
    lines = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert any("--require-hashes -r requirements.lock" in line for line in lines)
    last_stage = lines[max(number for number, line in enumerate(lines) if line.startswith("FROM")) :]
    assert "USER prongsai" in last_stage and any(line.startswith("HEALTHCHECK") for line in last_stage)
    command = next(line for line in last_stage if line.startswith("CMD "))
    program, *arguments = yaml.safe_load(command.removeprefix("CMD "))
    assert program == "prongsai"
    parser().parse_args(arguments)


def test_images_of_others_are_pinned_by_version_and_digest():
    [base] = re.findall(r"^ARG BASE=(.+)$", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    images = {service["image"] for service in COMPOSE["services"].values()} - {"prongsai"}
    for image in (base, *images):
        assert re.fullmatch(r"[a-z]+:\d+(\.\d+)+(-[a-z]+)*@sha256:[0-9a-f]{64}", image)


def test_the_lock_of_the_image_holds_the_driver_that_compose_needs():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert re.search(r"^psycopg(-binary)?==", lock, re.MULTILINE) and re.search(r"^asyncpg==", lock, re.MULTILINE)


def test_what_the_image_copies_is_there_and_not_ignored():
    taken = {line.removeprefix("!") for line in (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()}
    copied = re.findall(
        r"^COPY (?:--chmod=\S+ )?((?:deploy|requirements)\S+) ", (DEPLOY / "Dockerfile").read_text(), re.M
    )
    assert len(copied) == 3
    assert set(copied) <= taken
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    assert {one.removesuffix("*") for one in packages["packages"]["find"]["include"]} <= taken
    assert all((ROOT / one).exists() for one in taken - {"*", "**/__pycache__"})


def test_every_secret_is_a_file_and_every_service_is_watched():
    secrets, services = COMPOSE["secrets"], COMPOSE["services"]
    assert all(list(one) == ["file"] for one in secrets.values())
    assert {name for one in services.values() for name in one.get("secrets", ())} == set(secrets)
    assert all("healthcheck" in one or one["image"] == "prongsai" for one in services.values())
    written = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    assert not re.search(r"(?i)password\s*:|:[^/\s]+@(?!sha256:)", written)
    known = {f"PRONGSAI_{name.upper()}" for name in Settings.model_fields}
    assert {name for name in secrets if name.startswith("PRONGSAI_")} <= known


def test_compose_listens_on_this_machine_only_and_runs_commands_that_exist():
    services = COMPOSE["services"]
    ports = {name: one["ports"] for name, one in services.items() if "ports" in one}
    assert ports == {"server": ["127.0.0.1:4200:4200"], "pages": ["127.0.0.1:4201:4201"]}
    assert services["pages"]["command"][0] == "prongsai"
    parser().parse_args(services["pages"]["command"][1:])
    loop = services["watchdog"]["command"][-1]
    [arguments] = [shlex.split(found[1]) for found in _COMMAND.finditer(loop.replace("|| true", ";"))]
    parser().parse_args(arguments)


def test_the_server_of_compose_is_set_as_our_own_is(tmp_path: Path):
    ours = server_environment(tmp_path)
    theirs = COMPOSE["services"]["server"]["environment"]
    of_server = {name: value for name, value in ours.items() if "_SERVICES_" in name or "PREFECT_SERVER_UI" in name}
    assert (of_server | {"PREFECT_UI_API_URL": ours["PREFECT_UI_API_URL"]}).items() <= theirs.items()


def test_runs_of_compose_link_to_the_ports_that_it_publishes():
    environment = COMPOSE["services"]["worker"]["environment"]
    assert environment["PREFECT_UI_URL"] == "${PREFECT_UI_URL:-http://127.0.0.1:4200}"
    assert environment["PRONGSAI_PAGES_URL"] == "${PRONGSAI_PAGES_URL:-http://127.0.0.1:4201}"


def test_runs_and_their_artifacts_are_kept_for_more_than_half_a_year(tmp_path: Path):
    code = """
from prefect.settings import get_current_settings
kept = get_current_settings().server.services.db_vacuum
print(sorted(kept.enabled_vacuum_types), kept.retention_period.days)
"""
    command = [sys.executable, "-c", code]
    environment = os.environ | server_environment(tmp_path)
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    assert said == "['events', 'flow_runs', 'orphans'] 400\n"


def test_the_database_is_ready_only_once_the_first_start_has_made_ours():
    # That start answers on its socket, before our databases are there and before it listens to other containers.
    test = COMPOSE["services"]["postgres"]["healthcheck"]["test"]
    assert test[:2] == ["CMD", "psql"] and test[test.index("--host") + 1] == "127.0.0.1"
    assert test[test.index("--username") + 1] == "prongsai"


def test_what_is_secret_or_of_one_place_is_never_committed():
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"/deploy/secrets/", "/deploy/site/"} <= set(ignored)


def program(folder: Path, name: str, script: str) -> dict[str, str]:
    """The environment in which this shell script is what `name` runs."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    (folder / name).chmod(0o755)
    return os.environ | {"PATH": f"{folder}:{os.environ['PATH']}"}


def test_a_secret_that_cannot_be_read_stops_the_start(tmp_path: Path):
    environment = program(tmp_path / "bin", "cat", "exit 1") | {"SECRETS": str(tmp_path)}  # root reads every file
    (tmp_path / "PRONGSAI_DATABASE_URL").write_text("postgresql://h/d\n", encoding="utf-8")
    with_secrets = [str(DEPLOY / "with-secrets"), "echo", "started"]
    done = subprocess.run(with_secrets, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode != 0 and done.stdout == ""


@pytest.mark.parametrize("written", [["postgres_prefect"], ["postgres_prongsai"], []])
def test_a_password_that_cannot_be_read_makes_no_role_and_says_what_to_do(tmp_path: Path, written: list[str]):
    environment = program(tmp_path / "bin", "psql", "echo made") | {
        "SECRETS": str(tmp_path),
        "POSTGRES_USER": "postgres",
    }
    for name in written:
        (tmp_path / name).write_text("password\n", encoding="utf-8")
    script = [str(DEPLOY / "postgres-init.sh")]
    done = subprocess.run(script, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode != 0 and done.stdout == ""
    assert "down --volumes" in done.stderr


def test_each_password_is_given_to_the_role_of_its_name(tmp_path: Path):
    environment = program(tmp_path / "bin", "psql", 'echo "$@"') | {
        "SECRETS": str(tmp_path),
        "POSTGRES_USER": "postgres",
    }
    for name in ("prefect", "prongsai"):
        (tmp_path / f"postgres_{name}").write_text(f"of {name}\n", encoding="utf-8")
    script = [str(DEPLOY / "postgres-init.sh")]
    made = subprocess.run(script, env=environment, capture_output=True, text=True, check=True).stdout.splitlines()
    assert len(made) == 2
    assert made[0].endswith("--set name=prefect --set password=of prefect")
    assert made[1].endswith("--set name=prongsai --set password=of prongsai")


def test_secrets_in_files_become_environment_and_nothing_else_is_run(tmp_path: Path):
    (tmp_path / "PRONGSAI_DATABASE_URL").write_text("postgresql://u:p a$(x)'@h/d\n", encoding="utf-8")
    done = subprocess.run(
        [str(DEPLOY / "with-secrets"), sys.executable, "-c", "import os; print(os.environ['PRONGSAI_DATABASE_URL'])"],
        env=os.environ | {"SECRETS": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "postgresql://u:p a$(x)'@h/d\n"


@pytest.mark.parametrize("name", ["with-secrets", "postgres-init.sh"])
def test_a_script_may_be_run_and_is_one(name: str):
    assert os.access(DEPLOY / name, os.X_OK)
    shell = (DEPLOY / name).read_text(encoding="utf-8").partition("\n")[0].removeprefix("#!")
    assert subprocess.run([shell, "-n", str(DEPLOY / name)], check=False).returncode == 0


# ---- prefect.yaml


def test_prefect_yaml_says_what_the_table_says():
    written = {one["name"]: one for one in PREFECT["deployments"]}
    assert list(written) == [one.name for one in TABLE]
    for one in TABLE:
        deployment = written[one.name]
        assert deployment["entrypoint"] == f"flows.{one.flow}.{one.flow}"
        assert deployment["schedules"] == [{"cron": one.cron, "timezone": ZONE}]
        assert deployment["parameters"] == {"config": "/srv/prongsai/prongsai.toml", **one.asks}
        assert deployment["tags"] == ["prongsai", one.flow]
        expected = [trigger["expect"] for trigger in deployment.get("triggers", ())]
        assert expected == ([[one.on_event]] if one.on_event else [])
    assert LOADED == "prongsai.exports.loaded"


def test_prefect_yaml_is_for_the_pinned_prefect():
    pinned = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    assert f"prefect=={PREFECT['prefect-version']}" in pinned
