"""Illustrative figures: plausible files of every supplier of an edition, always the same, marked as what they are."""

from songhanh.illustration.generator import NoIllustration, generate, years_of
from songhanh.illustration.parameters import BadParameters

__all__ = ["BadParameters", "NoIllustration", "generate", "years_of"]
