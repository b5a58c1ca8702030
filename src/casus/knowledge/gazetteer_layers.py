"""Where the user's own gazetteers lie, and which of them are used.

1. CASUS_GAZETTEER, if it is set: these files and no others (the system's path separator between them);
   empty means the packaged gazetteer alone
2. else `places.sqlite` (what `casus gazetteer add` added) and `geonames.sqlite` (what `casus gazetteer build`
   built) in the folder of the user's data, those that are there
"""

from __future__ import annotations

import os
from pathlib import Path

LAYERS_VARIABLE = "CASUS_GAZETTEER"
DATA_VARIABLE = "CASUS_DATA"

ADDED_LAYER = "added"
GEONAMES_LAYER = "geonames"


def data_folder() -> Path:
    """The folder of the user's own data: CASUS_DATA, or where the system keeps such data of a program."""
    if given := os.environ.get(DATA_VARIABLE):
        return Path(given).expanduser()
    from platformdirs import user_data_dir

    return Path(user_data_dir("casus", appauthor=False))


def added_file() -> Path:
    """Where `casus gazetteer add` keeps what it adds."""
    return data_folder() / "places.sqlite"


def geonames_file() -> Path:
    """Where `casus gazetteer build` puts what it builds."""
    return data_folder() / "geonames.sqlite"


def user_layers() -> tuple[Path, ...]:
    """The files that are looked up beside the packaged gazetteer, those that count most first."""
    given = os.environ.get(LAYERS_VARIABLE)
    if given is not None:
        return tuple(Path(part).expanduser() for part in given.split(os.pathsep) if part)
    return tuple(path for path in (added_file(), geonames_file()) if path.is_file())
