"""Questions people ask, and where each is answered: judged by reading the content, before anything was measured.

One line each: the language of the page it is asked on, the question, and the addresses that answer it (any of them
will do). An address with `?t=` is a moment of a film. A learner of the course asks.
"""

from dataclasses import dataclass

_WAYS = {
    "@": "/foundation/why-another-way/",
    "%": "/glossary/",
    "#": "/reading/#",
    "&": "/briefings/",
    "$": "/films/why-did-it-make-sense/",
    "~": "/foundation/many-perspectives/",
}

# @ a lesson of module 1, ~ of module 6, & a briefing, % a term, # a source, $ the film; else a whole address.
TABLE = """
# -- one word, as it stands in a title or a term
en | hindsight | &hindsight/ %hindsight-bias/
en | groupthink | %groupthink/
en | anchoring | %anchoring/
en | chronology | %chronology/
en | kappa | %kappa/
en | finding | %finding/
en | accreditation | %accreditation/
en | SUSR | %single-unified-safeguarding-review/
en | LCSPR | %local-child-safeguarding-practice-review/
en | SCIE | %scie/
en | prevalence | %prevalence/
# -- two words and more
en | local rationality | %local-rationality/
en | outcome bias | %outcome-bias/
en | review team | &review-team/ %review-team/
en | case group | %case-group/
en | tunnel test | %tunnel-test/
en | blunt end | %blunt-end/
en | key practice episode | %key-practice-episode/ #scie-episodes
en | questions for the board | %question-for-the-board/
en | London Protocol | %london-protocol/ #london-protocol
en | second story | %second-story/ @two-accounts/
en | work as done | %work-as-done/
en | first story and second story | %first-story/ %second-story/ @two-accounts/
en | Working Together 2023 | #working-together-2023 %working-together/
en | quality markers | %quality-marker/ #scie-quality-markers
en | systems approach | &systems-approach/ %systems-approach/
en | guide to the model | /reports/guide-to-the-model/
en | serious case review | %serious-case-review/
en | rapid review | %rapid-review/
# -- other forms of the word
en | reviewers | %lead-reviewers/
en | lead reviewer | %lead-reviewers/
en | reviewing teams | &review-team/ %review-team/
en | findings | %finding/ &findings/
en | biases | %hindsight-bias/ %outcome-bias/ &hindsight/ %confirmation-bias/
en | commissioners | %commissioner/ #scie-commissioners
en | contributory factors | %contributory-factor/ #scie-factors
en | latent conditions | %latent-condition/
en | chronologies | %chronology/
en | interpreting at the bedside | /stories/an-interpreter-at-the-bedside/
en | choosing key practice episodes | &key-practice-episodes/ /foundation/many-perspectives/choosing-episodes/
en | coding contributory factors | &contributory-factors/
en | responding to findings | &responding/
en | families in reviews | &families/
en | reviews across the UK | &four-nations/
en | damp jumper | /stories/ten-to-eight-at-the-side-door/
en | rent arrears notice | /stories/the-notice-that-waited-a-week/
en | arrest of a mother | /stories/an-arrest-at-a-quarter-past-nine/
en | recommended | %recommendation/
en | patterns underlying | %underlying-pattern/ #scie-patterns
en | narratives | %narrative-of-multi-agency-perspectives/ #scie-narratives
# -- small misspellings
en | hindsite | &hindsight/ %hindsight-bias/
en | chronolgy | %chronology/
en | safegaurding partners | %safeguarding-partners/
en | acreditation | %accreditation/
en | group thnik | %groupthink/
en | contribtory factor | %contributory-factor/ #scie-factors
en | interpretter | /stories/an-interpreter-at-the-bedside/
en | systms approach | &systems-approach/ %systems-approach/
en | recomendation | %recommendation/
en | local rationallity | %local-rationality/
en | comissioner | %commissioner/ #scie-commissioners
# -- questions as people ask them
en | why does the same lesson keep coming back? | @repeating-lessons/
en | how do I fight hindsight | &hindsight/
en | who sits on the review team? | &review-team/ %review-team/
en | what happens when I am asked to take part in a review | &taking-part/
en | can I bring a colleague to the conversation | &taking-part/
en | is it disciplinary? | &taking-part/
en | what is a review called in Wales | @review-names/ %single-unified-safeguarding-review/
en | what is a review called in Northern Ireland | @review-names/ %case-management-review/
en | how long does a full review take | &review-team/ &taking-part/ /reports/guide-to-the-model/ %review-format/
en | where do the ideas come from, aviation? | @from-aviation-to-social-care/
en | what do directors ask of a review they commission | /for-directors/
en | what is the difference between a first story and a second story | @two-accounts/ %first-story/ %second-story/
en | is one method compulsory in England | @review-names/ @from-aviation-to-social-care/ #scie-commissioners
en | how do I challenge another agency kindly | &review-team/
en | what does view from the tunnel mean | %view-from-the-tunnel/ %tunnel-test/ ~tunnel-view/
en | rate a decision twice | /ninety-seconds/
en | what will I learn on the foundation course | /foundation/ %foundation-certificate/
# -- something remembered from a text
en | the list on the desk on Saturday | &systems-approach/
en | youth club lifts referral | @two-accounts/
en | allergy plan new school | @repeating-lessons/
en | a bit off camping uncle | &hindsight/
en | wheelchair taxi | /reports/guide-to-the-model/
en | ambulance note six days | &review-team/
en | nursery settled well no concerns | &taking-part/
en | two handsets and a card | /stories/an-interpreter-at-the-bedside/
en | inhaler every morning | /stories/an-interpreter-at-the-bedside/
en | Woods Cook Dekker | @from-aviation-to-social-care/ /reports/guide-to-the-model/
en | Munro Lushey evaluation | #munro-lushey-2013
en | Children and Social Work Act | #csw-act-2017
en | regulation 17 | #ni-regulations-2012 @review-names/
en | Barnardo's grant 2011 | #scie-training-2011
en | James Reason active failure | @from-aviation-to-social-care/ %active-failure/
# -- a moment of the film
en | red bus more bus | $?t=112.5#film
en | four messages for Monday | $?t=360.7#film
en | back of an envelope | $?t=150.6#film $?t=151#film
en | anyone could have seen it coming | $?t=229#film
en | the form will not close until the last box is filled | $?t=155.5#film
en | health visitor | $
# -- joined and parted words, accents, part of a word
en | multi agency narrative | %narrative-of-multi-agency-perspectives/
en | one to one conversation | %one-to-one-conversation/
en | email at night | $ &review-team/ @repeating-lessons/ &systems-approach/
en | chronol | %chronology/
en | safeguarding adults rapid | %safeguarding-adults-review-in-rapid-time/ #scie-rapid-time
en | Hìndsight | &hindsight/ %hindsight-bias/
# -- Welsh, from either side
cy | gwneud synnwyr | /cy/
cy | ffordd arall o adolygu achosion | /cy/
cy | gwers a chwis | /cy/
cy | niwed dîfrifol | /cy/
en | penderfyniadau’n gwneud synnwyr | /cy/
cy | hindsight bias | /cy/glossary/hindsight-bias/ /briefings/hindsight/
cy | penderfyniada | /cy/
"""


@dataclass(frozen=True)
class Judged:
    """A question, the language of the page it is asked on, and the addresses that answer it."""

    language: str
    question: str
    right: frozenset[str]


def _whole(short: str) -> str:
    way = _WAYS.get(short[0])
    return way + short[1:] if way else short


def judged() -> list[Judged]:
    """Every line of the table."""
    rows = [line.split(" | ") for line in TABLE.strip().splitlines() if not line.startswith("# --")]
    return [Judged(language, question, frozenset(map(_whole, right.split()))) for language, question, right in rows]
