"""Every permission there is. Code asks for a permission, never for a role."""

from enum import StrEnum


class Permission(StrEnum):
    """What somebody may do in a neighbourhood where a role gives it (see roles.py)."""

    # cases
    CASE_READ = "case.read"  # the cases on whose team one is
    CASE_READ_ALL = "case.read_all"  # every case of the neighbourhood
    CASE_WORK = "case.work"  # write in cases one may read
    CASE_OPEN = "case.open"  # open, close and reopen a case, set its team
    RADAR_REPORT = "radar.report"  # put somebody on the radar, follow one's own signals
    RADAR_DECIDE = "radar.decide"  # see the whole radar and decide
    REVIEW_ATTEND = "review.attend"  # the weekly review
    REVIEW_LEAD = "review.lead"
    HELP_REQUEST_READ = "help_request.read"  # of one's own cases, or asked of one's own organisation
    HELP_REQUEST_ASK = "help_request.ask"
    HELP_REQUEST_ANSWER = "help_request.answer"  # answer what was asked of one's own organisation
    MANDATE_MANAGE = "mandate.manage"  # what the team may ask of which service
    OBSTACLE_MANAGE = "obstacle.manage"
    CATALOGUE_MANAGE = "catalogue.manage"
    REFERENCE_MANAGE = "reference.manage"  # amounts, terms and rules that the law or the city sets
    # registers
    REGISTER_READ = "register.read"  # buildings, dwellings, landlords
    REGISTER_WORK = "register.work"
    LANDLORD_CONTACT = "landlord.contact"
    PROCEDURE_READ = "procedure.read"
    PROCEDURE_WORK = "procedure.work"  # the procedures about a dwelling, and the tracks of a building
    # inspections of dwellings
    INSPECTION_READ = "inspection.read"  # reports with their photos
    INSPECTION_WORK = "inspection.work"  # plan, make and sign them
    # agreements and rehousing
    AGREEMENT_READ = "agreement.read"  # of cases one may read; a partner only with the family's consent
    AGREEMENT_WORK = "agreement.work"  # make, sign, end; decide on what is late
    EVIDENCE_RECORD = "evidence.record"  # that an obligation was kept, in cases one may read
    STAY_READ = "stay.read"  # crisis dwellings, who waits, stays of cases one may read
    STAY_WORK = "stay.work"
    RENOVATION_READ = "renovation.read"  # of cases one may read; never a partner
    RENOVATION_WORK = "renovation.work"  # lead renovations: scans, works, quotes, support asked, progress
    TENANCY_READ = "tenancy.read"  # rights, arrears and support of cases one may read: the circle of care
    TENANCY_WORK = "tenancy.work"  # write in them
    # social cohesion
    HUB_READ = "hub.read"  # the transition hub: places, activities, how many came
    HUB_WORK = "hub.work"  # plan activities, count visitors, keep the places
    LIVING_ROOM_READ = "living_room.read"  # what was heard at living-room visits
    LIVING_ROOM_WORK = "living_room.work"  # write down living-room visits
    STORY_READ = "story.read"  # stories of residents, also before they are told
    STORY_WORK = "story.work"  # write them down, record what their tellers agreed to, publish
    SURVEY_READ = "survey.read"  # the needs survey: questionnaires, results, what people wrote
    SURVEY_WORK = "survey.work"  # make questionnaires, hold rounds, take down answers
    CAPITAL_READ = "capital.read"  # what people offer and ask each other
    CAPITAL_WORK = "capital.work"  # write it down, ask consent, bring people together
    BUDGET_READ = "budget.read"  # the neighbourhood budget: titles, amounts, states; never who asks
    BUDGET_WORK = "budget.work"  # applicants, assessments, advice, payments, reports
    BUDGET_DECIDE = "budget.decide"  # rounds, and what is granted
    PLACES_READ = "places.read"  # the look of the neighbourhood: projects with their photos and care
    PLACES_WORK = "places.work"  # make them, add photos, agree on care
    # the civil track
    LEGAL_FILE_READ = "legal_file.read"  # that there is a legal file: its state, lawyer and next date
    LEGAL_FILE_WORK = "legal_file.work"  # what is in it
    EVIDENCE_ADD = "evidence.add"  # rent paid and proof, in cases one works on
    # people
    PEOPLE_READ_ALL = "people.read_all"  # everybody in the neighbourhood, for duplicates
    # figures
    MEASURE_READ = "measure.read"
    REPORT_MAKE = "report.make"
    # the door and the wall
    ACCESS_LOG_READ = "access_log.read"
    GLASS_BREAK = "glass.break"  # open a closed circle of a case one may read, in an emergency
    # rights of the resident
    RIGHTS_ASK = "rights.ask"  # write down what a resident asks, read along in one's own circles
    RIGHTS_DECIDE = "rights.decide"  # answer it
    RIGHTS_OVERSEE = "rights.oversee"  # see every request and its state, never its story; approve erasing
    # retention
    RETENTION_READ = "retention.read"  # see rules and lists, take lines out, approve as one of two
    RETENTION_MANAGE = "retention.manage"  # set the rules and make the lists
    # set-up
    USERS_MANAGE = "users.manage"
    INVITATION_APPROVE = (
        "invitation.approve"  # the second pair of eyes for a link to somebody who signed in before
    )
