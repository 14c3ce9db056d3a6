"""Which rows of the registers the acting user may meet in the database: the second wall behind `visible_to`."""

from arsenaal.lib.wall import Wall, hoods


def of_inspection(table: str) -> str:
    """Return the condition of what was found in an inspection: for who reads inspections, or registers, there."""
    return f"""EXISTS (SELECT FROM housing_inspection i WHERE i.id = {table}.inspection_id
        AND (i.neighbourhood_id = ANY ({hoods("inspection.read")})
            OR i.neighbourhood_id = ANY ({hoods("register.read")})))"""


WALLS = (
    Wall("housing.LandlordContact", f"neighbourhood_id = ANY ({hoods('register.read')})"),
    # What was said about a case is for who may read the case, and for who had the contact.
    Wall(
        "housing.ContactWords",
        """EXISTS (
            SELECT FROM housing_landlordcontact l WHERE l.id = housing_contactwords.contact_id
            AND (l.case_id IS NULL OR l.by_id = (SELECT wall.user_id())
                OR EXISTS (SELECT FROM cases_case c WHERE c.id = l.case_id)))""",
    ),
    # Where a family would go is for who may know the family.
    Wall(
        "housing.RehousingPlan",
        "EXISTS (SELECT FROM people_household h WHERE h.id = housing_rehousingplan.household_id)",
    ),
    Wall(
        "housing.RehousingMember",
        "EXISTS (SELECT FROM housing_rehousingplan p WHERE p.id = housing_rehousingmember.plan_id)",
    ),
    Wall("housing.Defect", of_inspection("housing_defect")),
    Wall("housing.DefectPhoto", of_inspection("housing_defectphoto")),
    Wall("housing.AccessAttempt", of_inspection("housing_accessattempt")),
    # What an inspector noted for himself stays in the circle of enforcement.
    Wall(
        "housing.InspectionNote",
        """EXISTS (SELECT FROM housing_inspection i WHERE i.id = housing_inspectionnote.inspection_id
            AND i.neighbourhood_id || ':enforcement' = ANY ((SELECT wall.circles())::text[]))""",
    ),
    # What was agreed: for who may see that of the case; a partner with the family's consent.
    Wall(
        "housing.Agreement",
        f"""EXISTS (SELECT FROM cases_case c WHERE c.id = housing_agreement.case_id
            AND c.neighbourhood_id = ANY ({hoods("agreement.read")}))
        AND ((SELECT wall.works_in_team())
            OR case_id = ANY ((SELECT wall.shared_cases())::bigint[]))""",
    ),
    *(
        Wall(
            f"housing.{model}",
            f"EXISTS (SELECT FROM housing_agreement a WHERE a.id = housing_{model.lower()}.agreement_id)",
        )
        for model in ("AgreementParty", "Obligation", "ObligationDue")
    ),
    *(
        Wall(
            f"housing.{model}",
            f"EXISTS (SELECT FROM housing_obligationdue d WHERE d.id = housing_{model.lower()}.due_id)",
        )
        for model in ("ObligationEvidence", "DueExtension")
    ),
    # Papers and proof: the team alone.
    Wall(
        "housing.KeptFile",
        """(SELECT wall.works_in_team())
        AND EXISTS (SELECT FROM cases_case c WHERE c.id = housing_keptfile.case_id)""",
    ),
    # Where the family stays, and who waits.
    *(
        Wall(
            f"housing.{model}",
            f"""EXISTS (SELECT FROM cases_case c WHERE c.id = housing_{model.lower()}.case_id
                AND c.neighbourhood_id = ANY ({hoods("stay.read")}))""",
        )
        for model in ("WaitingEntry", "Stay", "RehousingCost", "AftercareCheck")
    ),
    Wall(
        "housing.StayExtension",
        "EXISTS (SELECT FROM housing_stay s WHERE s.id = housing_stayextension.stay_id)",
    ),
    # A renovation with what hangs on it: for who may see that of the case, never for a partner.
    Wall(
        "housing.Renovation",
        f"""EXISTS (SELECT FROM cases_case c WHERE c.id = housing_renovation.case_id
            AND c.neighbourhood_id = ANY ({hoods("renovation.read")}))""",
    ),
    *(
        Wall(
            f"housing.{model}",
            f"EXISTS (SELECT FROM housing_renovation r WHERE r.id = housing_{model.lower()}.renovation_id)",
        )
        for model in ("EnergyScan", "WorksList", "SupportRequest", "FundAnswer", "ProgressLine")
    ),
    *(
        Wall(
            f"housing.{model}",
            f"EXISTS (SELECT FROM housing_workslist l WHERE l.id = housing_{model.lower()}.works_list_id)",
        )
        for model in ("RenovationWork", "Quote")
    ),
    Wall(
        "housing.ProgressPhoto",
        "EXISTS (SELECT FROM housing_progressline p WHERE p.id = housing_progressphoto.line_id)",
    ),
    # The tenant track: rights and debts are for the circle of care, in the cases that one may see.
    Wall(
        "housing.TenantTrack",
        f"""EXISTS (SELECT FROM cases_case c WHERE c.id = housing_tenanttrack.case_id
            AND c.neighbourhood_id = ANY ({hoods("tenancy.read")}))""",
    ),
    *(
        Wall(
            f"housing.{model}",
            f"EXISTS (SELECT FROM housing_tenanttrack t WHERE t.id = housing_{model.lower()}.track_id)",
        )
        for model in ("RightClaim", "TenancySupport", "ArrearsReading", "EvictionFundFile")
    ),
    *(
        Wall(
            f"housing.{model}",
            f"EXISTS (SELECT FROM housing_tenancysupport s WHERE s.id = housing_{model.lower()}.support_id)",
        )
        for model in ("SupportGoal", "SupportEvaluation")
    ),
    Wall(
        "housing.EvictionFundAnswer",
        "EXISTS (SELECT FROM housing_evictionfundfile f WHERE f.id = housing_evictionfundanswer.fund_file_id)",
    ),
    # The civil track: that there is a file is for the team, what is in it for the lawyers.
    Wall("housing.LegalFile", f"neighbourhood_id = ANY ({hoods('legal_file.read')})"),
    Wall(
        "housing.CourtDate",
        "EXISTS (SELECT FROM housing_legalfile f WHERE f.id = housing_courtdate.legal_file_id)",
    ),
    Wall(
        "housing.Claim",
        f"""EXISTS (SELECT FROM housing_legaltenant t JOIN housing_legalfile f ON f.id = t.legal_file_id
            WHERE t.id = housing_claim.tenant_id AND f.neighbourhood_id = ANY ({hoods("legal_file.work")}))""",
    ),
    Wall(
        "housing.Bundle",
        f"""EXISTS (SELECT FROM housing_legalfile f WHERE f.id = housing_bundle.legal_file_id
            AND f.neighbourhood_id = ANY ({hoods("legal_file.work")}))""",
    ),
    # What a tenant brings is for the lawyers, and for who wrote it down.
    Wall(
        "housing.Evidence",
        f"""recorded_by_id = (SELECT wall.user_id())
        OR EXISTS (SELECT FROM cases_case c WHERE c.id = housing_evidence.case_id
            AND c.neighbourhood_id = ANY ({hoods("legal_file.work")}))""",
    ),
)
