"""The command line: one module a group of commands, loaded when a command of it is called."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from casus import __version__
from casus.errors import CasusError

COMMANDS = {
    "read": ("casus.cli.read:read", "Read reports and print what they say."),
    "add": ("casus.cli.casebook:add", "Read reports into a casebook."),
    "events": ("casus.cli.casebook:events", "List the events of a casebook."),
    "show": ("casus.cli.casebook:show", "Show one event with every claim and quote."),
    "actors": ("casus.cli.actors:actors", "Look actors up, add your own, check a table."),
    "gazetteer": ("casus.cli.gazetteer:gazetteer", "Look places up, add your own, build the full GeoNames."),
}
"""Where each command lives and its help in one line, so that `casus --help` loads none of them."""

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it (128 + SIGINT)."""

UNREADABLE = 2
"""Exit code when nothing could be done with what was given."""


class LazyGroup(click.Group):
    """A group whose commands are imported when called, and whose errors are one line each."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, short_help) for name, (_, short_help) in COMMANDS.items()])

    def main(self, *args: Any, **options: Any) -> Any:
        """Run and exit: 0 done, 1 output closed early, 2 nothing could be read, 130 after Ctrl-C."""
        options |= {"standalone_mode": False, "prog_name": options.get("prog_name") or "casus"}
        try:
            code = super().main(*args, **options)
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            code = error.exit_code
        except click.ClickException as error:
            complain(_explained(error))
            code = error.exit_code
        except (click.Abort, KeyboardInterrupt):
            complain("stopped")
            code = INTERRUPTED
        except CasusError as error:
            complain(str(error))
            code = UNREADABLE
        sys.exit(code if isinstance(code, int) else 0)


def complain(message: str) -> None:
    """One line on standard error; control characters in it are shown, not obeyed."""
    plain = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in message)
    click.echo(f"casus: {plain}", err=True)


def _explained(error: click.ClickException) -> str:
    """The message of an error, with where to look when it is one of usage."""
    message = error.format_message().replace("\n", " ")
    if isinstance(error, click.UsageError) and error.ctx is not None:
        return f"{message.rstrip('.')}; try '{error.ctx.command_path} --help'"
    return message


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="casus", message="%(prog)s %(version)s")
def main() -> None:
    """Casus reads news about armed conflict: what happened, where, when, who did it to whom,
    who was hurt, and who says so. Every value points to the words that carry it.
    """
