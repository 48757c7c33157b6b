"""Collects the static files under hashed names, compressed, the way a server hands them out."""

import os
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

os.environ["DJANGO_SETTINGS_MODULE"] = "songhanh.web.settings"
STORAGE = "whitenoise.storage.CompressedManifestStaticFilesStorage"

settings.STATIC_ROOT = Path("songhanh/web/collected").absolute()
settings.STORAGES["staticfiles"]["BACKEND"] = STORAGE
django.setup()
call_command("collectstatic", interactive=False, clear=True, verbosity=0)
