"""Users, organisations, neighbourhoods, who does what where, and who looked at what."""

from accounts.models.access_event import AccessEvent
from accounts.models.device_session import DeviceSession
from accounts.models.external_identity import ExternalIdentity
from accounts.models.feed_token import FeedToken
from accounts.models.home_street import HomeStreet
from accounts.models.invitation import Invitation
from accounts.models.membership import Membership
from accounts.models.neighbourhood import Neighbourhood
from accounts.models.notice import Notice
from accounts.models.organisation import Organisation
from accounts.models.second_factor import Passkey, RecoveryCode, SecondFactorGuard, TotpDevice
from accounts.models.submission import FormSubmission
from accounts.models.unusual_look import LookRules, UnusualLook, UnusualVerdict
from accounts.models.user import User

__all__ = [
    "AccessEvent",
    "DeviceSession",
    "ExternalIdentity",
    "FormSubmission",
    "HomeStreet",
    "Invitation",
    "LookRules",
    "Membership",
    "Neighbourhood",
    "Notice",
    "Organisation",
    "Passkey",
    "RecoveryCode",
    "SecondFactorGuard",
    "TotpDevice",
    "UnusualLook",
    "UnusualVerdict",
    "User",
]
__all__ = ["FeedToken", "FormSubmission", "Membership", "Neighbourhood", "Organisation", "User"]
