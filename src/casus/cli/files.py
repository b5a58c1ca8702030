"""Output files that are either whole or not there."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from casus.errors import InputError


@contextmanager
def open_output(path: str | None) -> Iterator[TextIO]:
    """A stream to write text to: standard output, or a file that appears when all is written.

    A file takes its place by renaming, so a reader sees the old one or the new one whole;
    if anything goes wrong the old one stays. What is no ordinary file (a pipe, /dev/stdout)
    is written to as it is. Always UTF-8 with line feeds.

    Raises:
        InputError: if the file cannot be written.
    """
    if path is None:
        yield _utf8_stdout()
        return
    target = Path(path)
    try:
        with _special(target) if target.exists() and not target.is_file() else _replacing(target) as stream:
            yield stream
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise InputError(f"cannot write {path}: {(error.strerror or str(error)).lower()}") from None


def _utf8_stdout() -> TextIO:
    """Standard output; made UTF-8 where the locale is not, as names need it."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None and (sys.stdout.encoding or "").lower().replace("-", "") != "utf8":
        reconfigure(encoding="utf-8")
    return sys.stdout


def _special(target: Path) -> TextIO:
    return target.open("w", encoding="utf-8", newline="\n")


@contextmanager
def _replacing(target: Path) -> Iterator[TextIO]:
    """A new file beside the target that takes its place at the end; links are followed."""
    target = target.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=".part", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(_mode(target))
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _mode(target: Path) -> int:
    """The permissions of the file replaced, else those that a new file gets."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
