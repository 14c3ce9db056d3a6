"""What the models of this package hold of people: of colleagues, not of families."""

from arsenaal.lib.privacy import PLAIN, WITH_USER, Erase, FieldClass, Kind, Own, model

COLLEAGUE = FieldClass(
    Kind.PERSONAL,
    "everybody who works in the same neighbourhood; the administrator",
    WITH_USER,
    True,
    "stays",
    Own.OTHERS,
    Erase.KEEP,
    "who worked on a file must stay known (art. 17.3.b)",
)
_WORKER = "a colleague's own data: his employer handles his rights"
_NOBODY = "colleagues, never a resident"
OWN = FieldClass(
    Kind.PERSONAL, "oneself and the administrator", WITH_USER, False, "stays", Own.OTHERS, Erase.KEEP, _WORKER
)
ONESELF = FieldClass(
    Kind.PERSONAL,
    "oneself alone",
    "until the session or the key ends",
    False,
    "stays",
    Own.OTHERS,
    Erase.KEEP,
    _WORKER,
)
SECRET = FieldClass(
    Kind.SENSITIVE, "nobody: only a hash is kept", WITH_USER, False, "stays", Own.OTHERS, Erase.KEEP, _WORKER
)
TOKEN = FieldClass(Kind.PLAIN, "nobody: for the program alone", "with its record", False, "stays")
# Ten years is what is quoted for the log of a social file (see domain notes in record 16); nobody takes a line away.
LOGGED = FieldClass(
    Kind.PERSONAL,
    "the privacy officer of the neighbourhood; without names, the family itself",
    "ten years after the look",
    True,
    "stays",
    Own.SUMMARY,
    Erase.KEEP,
    "who looked is told on a paper of its own; that somebody looked must stay known",
)
VERDICT = FieldClass(
    Kind.PERSONAL,
    "the privacy officer of the neighbourhood",
    WITH_USER,
    False,
    "stays",
    Own.OTHERS,
    Erase.KEEP,
    "about a colleague",
)

PRIVACY = (
    model("Neighbourhood", {PLAIN: "code slug name city postcode time_zone"}),
    model("Organisation", {PLAIN: "name kind email phone"}),
    model(
        "User",
        {
            COLLEAGUE: "username first_name last_name",
            OWN: "email phone language last_login",
            SECRET: "password",
            TOKEN: "session_epoch",
        },
        nobody=_NOBODY,
    ),
    model("Membership", {COLLEAGUE: "role", PLAIN: "is_from_provider"}, nobody=_NOBODY),
    model(
        "DeviceSession",
        {TOKEN: "session_key session_data expire_date uuid", ONESELF: "device place"},
        nobody=_NOBODY,
    ),
    model("TotpDevice", {TOKEN: "secret last_step"}),
    model("Passkey", {ONESELF: "name", TOKEN: "credential_id credential sign_count"}, nobody=_NOBODY),
    model("RecoveryCode", {SECRET: "code_hash"}, nobody=_NOBODY),
    model("SecondFactorGuard", {TOKEN: "failures"}),
    model("Invitation", {SECRET: "token_hash", OWN: "resets_second_factor"}, nobody=_NOBODY),
    model("ExternalIdentity", {OWN: "issuer subject"}, nobody=_NOBODY),
    model("FeedToken", {PLAIN: "scope key used_times", SECRET: "digest"}, nobody=_NOBODY),
    model("FormSubmission", {TOKEN: "token result_url"}),
    model(
        "AccessEvent",
        {
            LOGGED: "role kind subject subject_id label case_id case_number case_ids row_count page detail why",
        },
        nobody="colleagues who looked; the family gets it on a paper of its own",
    ),
    model(
        "UnusualLook",
        {LOGGED: "rule key case_id case_number look_count looked_until", VERDICT: "verdict note"},
        nobody="colleagues who looked",
    ),
    model("LookRules", {PLAIN: "cases_per_hour refused_per_hour day_from day_until weekend_is_unusual"}),
    model("HomeStreet", {OWN: "street"}, nobody=_NOBODY),
    model("Notice", {OWN: "text url"}, nobody=_NOBODY),
)
