"""What a package of content comes to, and the gates that keep it good. Pure: it reads what was parsed, not the site."""

from .figures import Figures, figures_of
from .gates import GATES, Gate, held_to
from .written import written

__all__ = ["GATES", "Figures", "Gate", "figures_of", "held_to", "written"]
