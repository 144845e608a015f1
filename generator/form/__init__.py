"""A form folder as frozen objects: ``schema`` says what there is, ``load`` reads and refuses."""

from generator.form.find import available, find
from generator.form.load import faults, load
from generator.form.records import FormError
from generator.form.schema import Form

__all__ = ["Form", "FormError", "available", "faults", "find", "load"]
