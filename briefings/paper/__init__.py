"""A briefing on paper: a tagged PDF on two to four A4 pages, drawn once for each wording and kept."""

from .keep import Paper, open_paper, paper_of

__all__ = ["Paper", "open_paper", "paper_of"]
