"""The question banks at the editors’ desk (docs/decisions/0067)."""
