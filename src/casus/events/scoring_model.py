"""Linear models as data: named weights in a JSON file with their provenance."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from casus.errors import KnowledgeError


@cache
def load_weights(name: str) -> Mapping[str, float]:
    """The weights of `knowledge/data/models/<name>.json`.

    Raises:
        KnowledgeError: if the file is missing or is not of the expected form.
    """
    path = files("casus.knowledge").joinpath("data", "models", f"{name}.json")
    try:
        weights = json.loads(path.read_text(encoding="utf-8"))["weights"]
        return {str(k): float(v) for k, v in weights.items()}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KnowledgeError(f"model {name}.json is missing or broken ({error}); reinstall casus") from error


def weighted_sum(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    """The log-odds of a linear model; features without a weight count nothing.

    `math.fsum` rounds once, at the end: the order of the features changes nothing.
    """
    return math.fsum([weights[name] * value for name, value in features.items() if name in weights])


def probability(log_odds: float) -> float:
    """The logistic function, safe for large values."""
    if log_odds >= 0:
        return 1.0 / (1.0 + math.exp(-log_odds))
    scaled = math.exp(log_odds)
    return scaled / (1.0 + scaled)
