"""The Django application `territory`."""

from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "songhanh.territory"
