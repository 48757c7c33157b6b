"""The Django application `observations`."""

from django.apps import AppConfig


class ObservationsConfig(AppConfig):
    name = "songhanh.observations"
