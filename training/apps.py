"""The room of trainers, organisations' leads and funders."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "training"
