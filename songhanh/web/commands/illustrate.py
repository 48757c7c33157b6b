"""`songhanh illustrate`: writes the illustrative files of every supplier into a directory."""

from __future__ import annotations

from songhanh.illustration.commands import arguments, run

__all__ = ["arguments", "run"]
