"""A plan as data: its words, targets, indicators, elements, agencies and places, read from a directory."""

from songhanh.plan.edition import Edition
from songhanh.plan.loader import load
from songhanh.plan.places import read_areas
from songhanh.plan.problems import BrokenEdition, EditionProblem

__all__ = ["BrokenEdition", "Edition", "EditionProblem", "load", "read_areas"]
