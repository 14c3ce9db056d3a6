"""What each field of this wing holds of people, one file per subject; see arsenaal/lib/privacy.py."""

from cohesion.privacy.budget import PRIVACY as BUDGET
from cohesion.privacy.capital import PRIVACY as CAPITAL
from cohesion.privacy.hub import PRIVACY as HUB
from cohesion.privacy.involvement import PRIVACY as INVOLVEMENT
from cohesion.privacy.neighbours import PRIVACY as NEIGHBOURS
from cohesion.privacy.places import PRIVACY as PLACES

PRIVACY = (*HUB, *NEIGHBOURS, *CAPITAL, *BUDGET, *PLACES, *INVOLVEMENT)
