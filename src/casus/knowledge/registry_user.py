"""Where the user's own tables of actors lie, and which of them are used.

1. CASUS_ACTORS, if it is set: these files and no others (the system's path separator between them);
   empty means the packaged tables alone
2. else `actors.toml` in the folder of the user's data (what `casus actors add` added), if it is there
"""

from __future__ import annotations

import os
from pathlib import Path

from casus.knowledge.gazetteer_layers import data_folder

ACTORS_VARIABLE = "CASUS_ACTORS"


def own_table() -> Path:
    """Where `casus actors add` keeps what it adds."""
    return data_folder() / "actors.toml"


def user_tables() -> tuple[Path, ...]:
    """The files that are read after the packaged tables, in order."""
    given = os.environ.get(ACTORS_VARIABLE)
    if given is not None:
        return tuple(Path(part).expanduser() for part in given.split(os.pathsep) if part)
    return tuple(path for path in (own_table(),) if path.is_file())
