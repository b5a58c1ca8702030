"""From files and streams to reports; what cannot be read becomes one clear error each."""

from casus.intake.inputs import read_inputs

__all__ = ["read_inputs"]
