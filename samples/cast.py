"""Who the sample people are. Invented people in invented places; the same at every start."""

from dataclasses import dataclass

from people.choices import Agency

PROVIDER, OTHER_PROVIDER = "Northlight Training", "Quayside Learning"
COUNCIL, HEALTH_TRUST, PARTNERSHIP = "Larchmere Council", "Saltby Health Trust", "Larchmere and Saltby Partnership"
FUND = "Saltby and Larchmere Fund"
COHORT, OTHER_COHORT = "Larchmere and partners, autumn", "Saltby, autumn"
NEWCOMER, NEWCOMER_NAME = "newcomer@example.org", "Noor Ellery"
COUNCIL_PLACES = 12
ASSESSED = ("kwame", "nadia")  # whose answers an assessor may mark besides their trainer
SUPERVISED = ("amina", "joan")  # whose course a supervisor follows
ASKER = ("Rhiannon Achterberg", "rhiannon@example.org")  # waits for an answer; nobody signs in as her


@dataclass(frozen=True)
class Sample:
    """One sample person: the name in `/try/<key>/`, who booked them if anybody, and what they are there to show."""

    key: str
    name: str
    agency: str
    shows: str
    booked_by: str = ""

    @property
    def email(self) -> str:
        return f"{self.key}@example.org"

    @property
    def agency_label(self) -> str:
        """The agency in words."""
        return str(Agency(self.agency).label)


# The seven a visitor is pointed to first.
GUIDES = (
    Sample("amina", "Amina Farrow", Agency.SOCIAL_CARE, "a trainee half-way through module 1", COUNCIL),
    Sample("bryn", "Bryn Ŵyn-Ŷstwyth", Agency.EDUCATION, "a trainee who has just been booked", COUNCIL),
    Sample("ceri", "Ceri Tŷ Gwyn", Agency.HEALTH, "a trainee with a certificate", HEALTH_TRUST),
    Sample("beth", "Beth Arden", Agency.VOLUNTARY, "the trainer of their cohort of 14"),
    Sample("carol", "Carol Quay", Agency.VOLUNTARY, "a trainer of another cohort, who must see none of them"),
    Sample("dev", "Dev Marsh", Agency.OTHER, "an editor"),
    Sample("lena", "Lena Hollin", Agency.SOCIAL_CARE, "the council's lead, who sees the people it booked"),
)
# With Amina, Bryn and Ceri they are a cohort of 14 from six agencies, unevenly far; samples/stories.py says how.
COHORT_MATES = (
    Sample("tomasz", "Tomasz Wilk", Agency.HOUSING, "a trainee two lessons in", COUNCIL),
    Sample("joan", "Joan Pettifer", Agency.SOCIAL_CARE, "stuck: three attempts, none passed", COUNCIL),
    Sample("emyr", "Emyr Cadwallader", Agency.EDUCATION, "a trainee in the middle of the quiz", COUNCIL),
    Sample("fiona", "Fiona Strachan", Agency.HOUSING, "booked, and has never signed in", COUNCIL),
    Sample("grace", "Grace Oduya", Agency.HEALTH, "a trainee on leave", HEALTH_TRUST),
    Sample("nadia", "Nadia Rahmani", Agency.HEALTH, "reading again after one attempt not passed", HEALTH_TRUST),
    Sample("kwame", "Kwame Boateng", Agency.HEALTH, "has read everything; the quiz comes next", HEALTH_TRUST),
    Sample("imran", "Imran Sadiq", Agency.POLICE, "racing: four lessons marked as read in nine minutes", PARTNERSHIP),
    Sample("hannah", "Hannah Lyle", Agency.POLICE, "stuck: left in the first lesson three weeks ago", PARTNERSHIP),
    Sample("sioned", "Sioned Prys", Agency.PROBATION, "a trainee one lesson in", PARTNERSHIP),
    Sample("leroy", "Leroy Bascombe", Agency.PROBATION, "a trainee three lessons in", PARTNERSHIP),
)
# Whom nobody books and nobody trains.
OTHERS = (
    Sample("farah", "Farah Lindley", Agency.OTHER, "a funder’s reader, who sees numbers and nobody’s name"),
    Sample("asha", "Asha Verma", Agency.HEALTH, "an assessor of two of Beth’s trainees, who sees their answers alone"),
    Sample("ruth", "Ruth Ansah", Agency.PROBATION, "a supervisor of two of Beth’s trainees, who follows their course"),
    Sample("mali", "Mali Vance", Agency.OTHER, "a second editor, who reads what Dev changes"),
)
CAST = GUIDES + COHORT_MATES + OTHERS
LEARNERS = tuple(one for one in CAST if one.booked_by)
