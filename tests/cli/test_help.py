"""Help, version, start-up, and errors in one line."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import casus
from casus.cli import COMMANDS, main
from casus.errors import CasebookError

HEAVY = ("spacy", "numpy", "sqlalchemy", "pydantic", "rich", "yaml", "py3langid", "charset_normalizer")


def modules_after(code: str) -> set[str]:
    """Top names of the modules that a fresh interpreter has loaded after the code."""
    script = f"{code}\nimport sys; print(*sorted({{m.split('.')[0] for m in sys.modules}}), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


def test_help_lists_every_command_and_loads_nothing_heavy() -> None:
    code = "from casus.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass"
    assert not modules_after(code) & set(HEAVY)


def test_importing_casus_loads_nothing_heavy() -> None:
    assert not modules_after("import casus; casus.__version__; dir(casus)") & {*HEAVY, "click"}


def test_public_names_load_on_use() -> None:
    assert set(casus.__all__) <= set(dir(casus))
    assert casus.Reading.__module__ == "casus.records.reading"
    with pytest.raises(AttributeError, match="no attribute 'reed'"):
        casus.reed  # noqa: B018


def test_the_version_is_the_projects(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    done = CliRunner().invoke(main, ["--version"])
    assert done.output == f"casus {project['version']}\n"


@pytest.mark.parametrize("args", [["--help"], ["-h"], []])
def test_help_names_the_commands(args: list[str]) -> None:
    output = CliRunner().invoke(main, args).output
    for name, (_, short_help) in COMMANDS.items():
        assert f"{name} " in output and short_help in output


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_where_the_list_says(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None and command.name == name
    assert CliRunner().invoke(main, [name, "--help"]).exit_code == 0


def test_the_list_says_what_the_command_says() -> None:
    command = main.get_command(click.Context(main), "read")
    assert command is not None and command.get_short_help_str(100) == COMMANDS["read"][1]


@pytest.mark.parametrize("args", [["reed"], ["--bogus"], ["read"], ["read", "--format", "pdf", "x"]])
def test_wrong_use_is_one_line_and_exit_2(args: list[str]) -> None:
    done = CliRunner().invoke(main, args)
    assert done.exit_code == 2
    assert done.stderr.startswith("casus: ") and done.stderr.count("\n") == 1 and "--help'" in done.stderr


@pytest.mark.parametrize(
    ("raised", "code", "line"),
    [
        (KeyboardInterrupt(), 130, "stopped"),
        (CasebookError("casus.db is no casebook"), 2, "casus.db is no casebook"),
        (click.ClickException("two\nlines"), 1, "two lines"),
    ],
)
def test_what_goes_wrong_is_said_in_one_line(
    raised: BaseException, code: int, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    @click.command()
    def broken() -> None:
        raise raised

    monkeypatch.setattr(type(main), "get_command", lambda *_: broken)
    done = CliRunner().invoke(main, ["read"])
    assert (done.exit_code, done.stderr.strip()) == (code, f"casus: {line}")
