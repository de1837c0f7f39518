"""Gates on people: fairness, consent, the end of support, and the wish to go on."""

from darlington_analysis.agreements.gates import ERROR, QUESTION, WARNING, gate

FAIRNESS = (
    "who_was_asked",
    "who_gains",
    "who_bears_the_need",
    "protects_the_vulnerable",
    "checked_on",
)
PRINCIPLES = ("active_citizenship", "empowerment", "made_together", "hidden_resources", "fairness")


@gate("fairness-open", ERROR, 125, 143, 155)
def _fairness(record, beside):
    lacking = [key for key in FAIRNESS if not getattr(record.fairness, key)]
    if lacking:
        yield ("fairness", lacking[0]), {"lacking": lacking}


@gate("no-end", ERROR, 158)
def _end(record, beside):
    way = record.independence
    lacking = [key for key in ("starts", "review", "ends", "criteria") if not getattr(way, key)]
    if lacking:
        yield ("independence", lacking[0]), {"lacking": lacking}


@gate("wish-not-said", ERROR, 73)
def _wish(record, beside):
    asked = record.consultation
    if asked.state in ("agreed", "under review", "wishes to continue") and (
        asked.wishes_to_continue != "yes" or not asked.wished_on
    ):
        yield ("consultation", "wishes_to_continue"), {"state": asked.state}


@gate("story-without-consent", ERROR, 36)
def _story(record, beside):
    for each in record.filled("knowledge"):
        if each.story and each.consent != "given":
            yield (*record.place("knowledge", each), "consent"), {}


@gate("no-grade", ERROR, 36)
def _grade(record, beside):
    for table in ("knowledge", "ideas"):
        for each in record.filled(table):
            if not each.grade:
                yield (*record.place(table, each), "grade"), {}


@gate("no-approver", WARNING, 9)
def _approver(record, beside):
    if not record.consultation.approver:
        yield ("consultation", "approver"), {}


@gate("no-mentor", WARNING, 26, 70)
def _mentor(record, beside):
    if not record.offer.mentor:
        yield ("offer", "mentor"), {}


@gate("no-grant-said", WARNING, 6)
def _grant(record, beside):
    if not record.offer.grant:
        yield ("offer", "grant"), {}


@gate("principle-open", QUESTION, 139, 140, 141, 142, 143)
def _principles(record, beside):
    for key in PRINCIPLES:
        if not getattr(record.principles, key):
            yield ("principles", key), {"principle": key}


@gate("no-promises", QUESTION, 157)
def _promises(record, beside):
    lacking = [
        key
        for key in ("we_will", "you_can_expect", "you_will")
        if not getattr(record.promises, key)
    ]
    if lacking:
        yield ("promises", lacking[0]), {"lacking": lacking}


@gate("no-curve", QUESTION, 151, 158)
def _curve(record, beside):
    if len(record.independence.plan) < 2:
        yield ("independence", "plan"), {}


GATES = (
    _fairness,
    _end,
    _wish,
    _story,
    _grade,
    _approver,
    _mentor,
    _grant,
    _principles,
    _promises,
    _curve,
)
