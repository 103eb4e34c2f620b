"""Every page in every state, and how one comes there: what tests/journeys/test_accessibility.py walks.

An address of the site that is neither in STATES nor in EXEMPT, with its reason, fails there.
"""

from tests.journeys.account_states import ACCOUNT_STATES, EXEMPT_ACCOUNT_PAGES
from tests.journeys.giving_states import EXEMPT_GIVING_PAGES, GIVING_STATES
from tests.journeys.leading_states import EXEMPT_LEADING_PAGES, LEADING_STATES
from tests.journeys.learning_states import EXEMPT_LEARNING_PAGES, LEARNING_STATES
from tests.journeys.own_states import EXEMPT_OWN_PAGES, OWN_STATES
from tests.journeys.public_states import EXEMPT_PUBLIC_PAGES, PUBLIC_STATES
from tests.journeys.report_states import EXEMPT_REPORT_PAGES, REPORT_STATES

EXEMPT = {
    **EXEMPT_ACCOUNT_PAGES,
    **EXEMPT_GIVING_PAGES,
    **EXEMPT_LEADING_PAGES,
    **EXEMPT_LEARNING_PAGES,
    **EXEMPT_OWN_PAGES,
    **EXEMPT_PUBLIC_PAGES,
    **EXEMPT_REPORT_PAGES,
}
STATES = [
    *ACCOUNT_STATES,
    *GIVING_STATES,
    *LEADING_STATES,
    *REPORT_STATES,
    *OWN_STATES,
    *LEARNING_STATES,
    *PUBLIC_STATES,  # at last: one of them asks so often that nothing is checked for a while
]
