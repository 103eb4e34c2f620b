"""Draws a certificate as an accessible PDF. Pure: facts in, bytes out; no database, request or clock."""

from .render import CannotBePrinted, CertificateFacts, render_certificate

__all__ = ["CannotBePrinted", "CertificateFacts", "render_certificate"]
