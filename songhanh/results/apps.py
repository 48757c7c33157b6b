"""The Django application `results`."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "songhanh.results"
