"""Draws a certificate as an accessible PDF. Pure: facts in, bytes out; no database, request or clock."""

from toolkit.typesetting import CannotBePrinted

from .render import CertificateFacts, render_certificate

__all__ = ["CannotBePrinted", "CertificateFacts", "render_certificate"]
