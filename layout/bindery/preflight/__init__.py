"""What a finished PDF lacks of an edition's standards, or of what a press asks, found in the file."""

from layout.bindery.preflight.demands import Demands, asked_by
from layout.bindery.preflight.findings import Finding
from layout.bindery.preflight.inspection import inspect

__all__ = ["Demands", "Finding", "asked_by", "inspect"]
