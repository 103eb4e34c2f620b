"""Drills: what holds under pressure, tried on real processes and real connections (docs/drills.md)."""
