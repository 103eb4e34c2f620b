"""Claims for the addresses of briefings by number: the page, its PDF, its team pack, and their feed."""

from tests.access.claims import SIDES, Claim, at, each
from tests.access.rules import ANYBODY, KEPT_FILE, NOBODY

KEPT = "Pages and papers kept back"

BRIEFING_CLAIMS = [
    Claim("briefing_feed", "Public pages", ANYBODY, at("/briefings/feed/")),
    Claim("briefing", "Public pages", ANYBODY, at("/briefings/1/")),
    Claim("briefing_pdf", "Public pages", ANYBODY, at("/briefings/1.pdf")),
    Claim("briefing_team_pack", "Public pages", ANYBODY, at("/briefings/1/team/")),
    Claim("briefing", "Drafts", ANYBODY, each(SIDES, lambda w, s: f"/briefings/{50 + ord(s)}/")),
    Claim("briefing_pdf", "Drafts", NOBODY, each(SIDES, lambda w, s: f"/briefings/{50 + ord(s)}.pdf")),
    Claim("briefing_team_pack", "Drafts", NOBODY, each(SIDES, lambda w, s: f"/briefings/{50 + ord(s)}/team/")),
    Claim("briefing", KEPT, ANYBODY, each(SIDES, lambda w, s: f"/briefings/{70 + ord(s)}/")),
    Claim("briefing_pdf", KEPT, KEPT_FILE, each(SIDES, lambda w, s: f"/briefings/{70 + ord(s)}.pdf")),
    Claim("briefing_team_pack", KEPT, KEPT_FILE, each(SIDES, lambda w, s: f"/briefings/{70 + ord(s)}/team/")),
]
