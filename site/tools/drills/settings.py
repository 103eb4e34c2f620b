"""Development settings with the drills' disturbances installed; only a drill names this module."""

import os

from config.settings.dev import *  # noqa: F403
from config.settings.dev import DATABASES, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tools.drills.disturb.DisturbConfig"]

if os.environ.get("DRILL_DISTURBS") == "hand_in_broken" and "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["OPTIONS"]["transaction_mode"] = "DEFERRED"
