"""The documents keep up with the program: commands, options, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from casus.cli import main

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "examples").glob("*.md")])
LINK = re.compile(r"(?<!!)\[[^\]\n]+\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)


def root_command() -> click.Command:
    """The click command behind the entry point, which may be a function that loads it."""
    if isinstance(main, click.Command):
        return main
    from casus.cli import app

    assert isinstance(app, click.Command)
    return app


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name, groups before what they hold."""
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            assert found is not None
            yield from commands(found, f"{name} {child}")


COMMANDS = dict(commands(root_command(), "casus"))


def section(page: str, heading: str) -> str:
    """The part of a page below a heading, up to the next heading of its level or higher."""
    match = re.search(rf"^(#+) +`?{re.escape(heading)}`?\s*$", page, re.MULTILINE)
    if match is None:
        return ""
    end = re.search(rf"^#{{1,{len(match[1])}}} ", page[match.end() :], re.MULTILINE)
    return page[match.end() : match.end() + end.start()] if end else page[match.end() :]


@pytest.fixture(scope="module")
def command_page() -> str:
    return (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


def test_there_are_commands() -> None:
    assert {"casus read", "casus add", "casus events", "casus show"} <= set(COMMANDS)


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - {"casus"}))
def test_a_command_is_documented(name: str, command_page: str) -> None:
    assert section(command_page, name).strip(), f"docs/commands.md needs a section `{name}`"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_option_is_documented_with_its_command(name: str, command_page: str) -> None:
    options = [o for p in COMMANDS[name].params if isinstance(p, click.Option) and not p.hidden for o in p.opts]
    text = section(command_page, name) if name != "casus" else command_page
    missing = [o for o in options if o.startswith("--") and not re.search(rf"{re.escape(o)}(?![\w-])", text)]
    assert missing == []


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_no_option_is_documented_that_is_not_there(name: str, command_page: str) -> None:
    known = {o for p in COMMANDS[name].params for o in (*p.opts, *p.secondary_opts)} | {"--help"}
    text = section(command_page, name)
    rows = re.findall(r"^\| `(--?[\w-]+)", text, re.MULTILINE)
    assert [o for o in rows if o not in known] == []


def anchors(page: str) -> set[str]:
    """Anchors of a page's headings, as GitHub makes them."""
    titles = [re.sub(r"[`*]", "", title).lower() for title in HEADING.findall(page)]
    return {re.sub(r"[^\w\- ]", "", title).replace(" ", "-") for title in titles}


def broken_links(page: Path) -> list[str]:
    """Links of a page to files or headings that are not there; links to the web are not tried."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    broken = []
    for link in LINK.findall(text):
        if re.match(r"[a-z]+:", link):
            continue
        file, _, anchor = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        if not target.exists() or (anchor and anchor not in anchors(target.read_text(encoding="utf-8"))):
            broken.append(link)
    return broken


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    assert broken_links(page) == []


def test_a_broken_link_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# One\n\n[a](#one) [b](#two) [c](gone.md) [d](https://example.org) [e](page.md#one)", "utf-8")
    assert broken_links(page) == ["#two", "gone.md"]


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, ahead = set(), [ROOT / "README.md"]
    while ahead:
        page = ahead.pop()
        if page in reached or not page.exists():
            continue
        reached.add(page)
        links = (link.partition("#")[0] for link in LINK.findall(page.read_text(encoding="utf-8")))
        ahead.extend((page.parent / link).resolve() for link in links if link.endswith(".md"))
    assert [p.name for p in PAGES if p not in reached] == []


def test_the_readme_runs_no_option_that_is_not_there() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    known = {o for c in COMMANDS.values() for p in c.params for o in p.opts} | {"--help"}
    lines = [x for x in re.findall(r"casus [^\n`]*", readme) if "--" in x]
    used = {o for line in lines for o in re.findall(r"(?<!\S)(--[a-z][a-z-]+)", line)}
    assert sorted(used - known) == []
