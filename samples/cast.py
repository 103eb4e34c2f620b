"""Who the sample people are. Invented people in invented places; the same at every start."""

from dataclasses import dataclass

from people.choices import Agency


@dataclass(frozen=True)
class Sample:
    """One sample person: the name in `/try/<key>/`, and what they are there to show."""

    key: str
    name: str
    agency: str
    shows: str

    @property
    def email(self) -> str:
        return f"{self.key}@example.org"


CAST = (
    Sample("amina", "Amina Farrow", Agency.SOCIAL_CARE, "a trainee half-way through module 1"),
    Sample("bryn", "Bryn Ŵyn-Ŷstwyth", Agency.EDUCATION, "a trainee who has just been booked"),
    Sample("ceri", "Ceri Tŷ Gwyn", Agency.HEALTH, "a trainee with a certificate"),
    Sample("beth", "Beth Arden", Agency.VOLUNTARY, "the trainer of their cohort"),
    Sample("carol", "Carol Quay", Agency.VOLUNTARY, "a trainer of another cohort, who must see none of them"),
    Sample("dev", "Dev Marsh", Agency.OTHER, "an editor"),
    Sample("lena", "Lena Hollin", Agency.SOCIAL_CARE, "the organisation's lead, who booked them"),
)
PROVIDER, EMPLOYER, OTHER_EMPLOYER = "Northlight Training", "Larchmere Council", "Saltby Health Trust"
COHORT, OTHER_COHORT = "Larchmere and partners, autumn", "Saltby, autumn"
NEWCOMER = "newcomer@example.org"
