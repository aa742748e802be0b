"""The commands of scripts/, run for real in a copy of the project.

What they start or install is replaced by recorders on PATH and in .venv: no test here touches the network or
the system. Whether a bare machine gets all it needs is what .ci/run shows by running there.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the scripts are for Linux; Windows uses uv itself")

PROJECT = Path(__file__).parents[1]
SAY_ARGUMENTS = 'printf "%s\\n" "${QT_QPA_PLATFORM-unset}" "$@"'
WINDOW_LIBRARY = "libxkbcommon0"


class Machine:
    """A copy of the scripts in a path with a space, and a PATH that begins with recorders."""

    def __init__(self, folder: Path) -> None:
        self.project = folder / "li deng"
        self.programs = folder / "programs"
        self.elsewhere = folder / "elsewhere"
        for path in (self.project / ".venv/bin", self.programs, self.elsewhere):
            path.mkdir(parents=True)
        shutil.copytree(PROJECT / "scripts", self.project / "scripts")
        for name in ("pyproject.toml", "uv.lock"):
            shutil.copy(PROJECT / name, self.project)
        self.tool("python", SAY_ARGUMENTS)
        self.environment = {"PATH": f"{self.programs}:{os.environ['PATH']}", "HOME": str(folder)}

    def program(self, name: str, script: str) -> None:
        self._write(self.programs / name, script)

    def tool(self, name: str, script: str) -> None:
        self._write(self.project / ".venv/bin" / name, script)

    def _write(self, path: Path, script: str) -> None:
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def install_nothing(self, *commands: str) -> None:
        """Leave the stamps of an installation that is complete."""
        library = self.project / "scripts/lib.sh"
        stamp = self.bash(f"source '{library}'; fingerprint").stdout
        for command in commands:
            (self.project / ".venv" / f".ready-{command}").write_text(stamp)
        wanted = self.bash(f"source '{library}'; echo $wanted_packages").stdout
        (self.project / ".venv/.wanted").write_text(wanted)

    def has_packages(self, *listing: str) -> None:
        """Each line as dpkg-query prints it: status, name, what it provides."""
        self.program("dpkg-query", "cat <<END\n" + "\n".join(listing) + "\nEND")

    def has_uv(self) -> None:
        self.program("uv", f'[ "$1" = --version ] && echo "uv 0.13.9 (x)" || echo uv "$@" >>"{self.log}"')

    def user_is(self, number: int, *, sudo: bool = False) -> None:
        self.program("id", f"echo {number}")
        self.program("sudo", 'shift; "$@"' if sudo else "exit 1")
        self.program("apt-get", f'echo apt-get "$DEBIAN_FRONTEND" "$@" >>"{self.log}"')

    @property
    def log(self) -> Path:
        return self.programs / "log"

    def bash(self, command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-c", command], check=False, env=self.environment, capture_output=True, text=True
        )

    def run(self, command: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.project / "scripts" / command, *arguments],
            check=False,
            cwd=self.elsewhere,
            env=self.environment | environment,
            capture_output=True,
            text=True,
        )


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


@pytest.fixture
def ready(machine):
    machine.install_nothing("run", "test", "check")
    return machine


@pytest.mark.parametrize(
    "arguments",
    [["journal", "check", "a file"], ["doctor"], ["--profile", "demo", "rebuild"], ["demo", "--out", "x"], ["--help"]],
)
def test_run_hands_a_command_to_the_program_as_it_is(ready, arguments):
    result = ready.run("run", *arguments)
    assert result.stdout.splitlines() == ["unset", f"{ready.project}/main.py", *arguments]
    assert result.stderr == ""


WINDOW_COMMANDS = [[], ["demo"], ["--profile", "doctor"], ["demo", "--profile", "x"], ["--profile=x"]]


@pytest.mark.parametrize("arguments", WINDOW_COMMANDS)
@pytest.mark.parametrize("display", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_run_opens_the_window_where_there_is_a_display(ready, arguments, display):
    result = ready.run("run", *arguments, **{display: ":0"})
    assert result.stdout.splitlines() == ["unset", f"{ready.project}/main.py", *arguments]


@pytest.mark.parametrize("arguments", WINDOW_COMMANDS)
def test_run_plays_the_walkthrough_without_a_display_and_names_its_folder(ready, arguments):
    result = ready.run("run", *arguments)
    folder = f"{ready.project}/out/walkthrough"
    assert result.stdout.splitlines() == ["offscreen", f"{ready.project}/main.py", "demo", "--out", folder]
    assert "no display" in result.stderr
    assert result.stderr.splitlines()[-1].endswith(folder)


def test_run_brings_a_database_of_its_own_for_two_counters_and_their_centre(ready):
    ready.install_nothing("run-central")
    result = ready.run("run", "demo", "--central", DISPLAY=":0")
    assert result.stdout.splitlines()[2:] == ["demo", "--central"]
    result = ready.run("run", "demo", "--central")
    folder = f"{ready.project}/out/walkthrough"
    assert result.stdout.splitlines()[2:] == ["demo", "--central", "--out", folder]


def test_only_that_command_installs_the_database(machine):
    machine.user_is(0)
    machine.has_uv()
    machine.has_packages("installed bash, , ")
    machine.run("run", "demo")
    machine.run("run", "demo", "--central")
    syncs = [line for line in machine.log.read_text().splitlines() if line.startswith("uv sync")]
    assert ["--group demo-central" in line for line in syncs] == [False, True]


def test_a_platform_chosen_by_the_caller_counts_as_a_display_unless_it_shows_nothing(ready):
    assert "--out" not in ready.run("run", QT_QPA_PLATFORM="vnc").stdout
    assert "--out" in ready.run("run", QT_QPA_PLATFORM="offscreen").stdout


def test_a_walkthrough_that_fails_hands_its_exit_code_on_and_names_no_folder(ready):
    ready.tool("python", "exit 7")
    result = ready.run("run", "demo")
    assert result.returncode == 7
    assert "out/walkthrough" not in result.stderr


def test_tests_run_off_screen_unless_the_caller_says_otherwise(ready):
    assert ready.run("test").stdout.splitlines() == ["offscreen", "-m", "pytest"]
    assert ready.run("test", QT_QPA_PLATFORM="xcb").stdout.splitlines() == ["xcb", "-m", "pytest"]


def test_fast_leaves_the_slow_tests_out_and_all_else_goes_to_pytest(ready):
    result = ready.run("test", "--fast", "-k", "two words")
    assert result.stdout.splitlines()[1:] == ["-m", "pytest", "-m", "not slow", "-k", "two words"]


def test_without_an_administrator_one_line_says_what_to_run(machine):
    machine.user_is(1000)
    machine.has_uv()
    machine.has_packages(f"installed {WINDOW_LIBRARY}, , ", "config-files libgl1, , ")
    result = machine.run("run", "doctor")
    (line,) = [line for line in result.stderr.splitlines() if "apt-get install" in line]
    assert result.returncode == 69
    assert result.stdout == ""
    assert line.strip().startswith("sudo sh -c 'apt-get update && apt-get install")
    assert " libgl1 " in line
    assert WINDOW_LIBRARY not in line
    assert not machine.log.exists()


@pytest.mark.parametrize(("user", "sudo"), [(0, False), (1000, True)])
def test_an_administrator_gets_the_packages_installed_without_questions(machine, user, sudo):
    machine.user_is(user, sudo=sudo)
    machine.has_uv()
    machine.has_packages("installed bash, , ")
    assert machine.run("run", "doctor").returncode == 0
    update, install, sync = machine.log.read_text().splitlines()
    assert update.startswith("apt-get noninteractive")
    assert update.endswith("update")
    assert f" {WINDOW_LIBRARY} " in install
    assert "xvfb" not in install
    assert sync.startswith("uv sync")


def test_a_library_that_goes_by_a_new_name_is_not_missing(machine):
    machine.user_is(1000)
    machine.has_uv()
    machine.has_packages("installed libglib2.0-0t64, libglib2.0-0 (= 2.84), libgio (= 1), ")
    result = machine.run("run")
    assert "libgl1" in result.stderr
    assert "libglib2.0-0" not in result.stderr


def all_packages(machine: Machine) -> list[str]:
    library = machine.project / "scripts/lib.sh"
    names = machine.bash(f"source '{library}'; echo $window_packages $test_packages").stdout.split()
    return [f"installed {name}, , " for name in names]


def test_a_second_start_installs_nothing_and_a_changed_lock_file_installs_again(machine):
    machine.user_is(1000)
    machine.has_uv()
    machine.has_packages(*all_packages(machine))
    for _ in range(2):
        assert machine.run("run", "doctor").returncode == 0
    assert len(machine.log.read_text().splitlines()) == 1
    with (machine.project / "uv.lock").open("a") as lock:
        lock.write("\n")
    machine.run("run", "doctor")
    assert len(machine.log.read_text().splitlines()) == 2


def test_run_keeps_the_development_tools_that_test_installed(machine):
    machine.user_is(1000)
    machine.has_uv()
    machine.has_packages(*all_packages(machine))
    machine.run("test")
    machine.run("run", "doctor")
    for_test, for_run = machine.log.read_text().splitlines()
    assert for_test.endswith("--locked")
    assert for_run.endswith("--locked --no-dev --inexact")


def test_what_tests_only_want_is_asked_for_once_a_day_and_of_nobody(machine):
    machine.has_uv()
    machine.has_packages(*all_packages(machine))
    machine.user_is(1000)
    assert machine.run("test").returncode == 0
    assert "apt-get" not in machine.log.read_text()
    (machine.project / ".venv/.wanted").unlink()
    machine.user_is(0)
    for _ in range(2):
        assert machine.run("test").returncode == 0
    (asked,) = [line for line in machine.log.read_text().splitlines() if "install" in line]
    wanted = asked.split()[asked.split().index("postgresql") :]
    assert {"pgbouncer", "iproute2", "cups", "chromium"} < {*wanted}
    stamp = machine.project / ".venv/.wanted"
    stamp.write_text(f"{' '.join(wanted)} 2026-05-18\n")
    machine.run("test")
    assert len([line for line in machine.log.read_text().splitlines() if "install" in line]) == 2
    machine.has_packages(*all_packages(machine), *(f"installed {one}, " for one in wanted))
    stamp.unlink()
    machine.run("test")
    assert stamp.read_text().split() == wanted


def test_an_installation_that_fails_starts_nothing_and_is_tried_again(machine):
    machine.user_is(1000)
    machine.program("uv", '[ "$1" = --version ] && echo "uv 0.13.9" || exit 2')
    machine.has_packages(*all_packages(machine))
    result = machine.run("run", "doctor")
    assert result.returncode == 2
    assert result.stdout == ""
    assert not list((machine.project / ".venv").glob(".ready-*"))


@pytest.mark.parametrize(
    ("version", "enough"), [("0.13.0", True), ("0.13.10 (x)", True), ("1.0.0", True), ("0.9.30", False), ("", False)]
)
def test_an_old_uv_is_not_used(machine, version, enough):
    library = machine.project / "scripts/lib.sh"
    assert (machine.bash(f"source '{library}'; is_new_enough 'uv {version}'").returncode == 0) is enough


def test_check_runs_every_step_and_names_those_that_failed(ready):
    ready.tool("ruff", "exit 1")
    ready.tool("lint-imports", "exit 0")
    (ready.project / ".ci").mkdir()
    (ready.project / ".ci/run").write_text("if")
    result = ready.run("check")
    steps = [line.removeprefix("--- ") for line in result.stdout.splitlines() if line.startswith("--- ")]
    assert steps == ["ruff check", "ruff format", "mypy", "import contracts", "translations", "shell syntax"]
    assert result.stdout.splitlines()[-1] == "Failed: ruff check, ruff format, shell syntax"
    assert result.returncode == 1
