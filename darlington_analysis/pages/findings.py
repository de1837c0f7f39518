"""What the checks find in an agreement record: what it is, what was expected, what to write."""

from markupsafe import Markup

from darlington_analysis.agreements.checks.check import Finding
from darlington_analysis.evidence.agreement import AgreementAnswer
from darlington_analysis.pages.components import agreements, blocks
from darlington_analysis.pages.components.numbers import day

KEYS = {
    "strand": "the strand of {strategy}",
    "aim": "the aim it serves",
    "outcome": "its outcome",
    "measure": "its measure",
    "who": "who does it",
    "how": "how",
    "where": "where",
    "with_whom": "with whom",
    "delivers": "what is delivered",
    "starts": "from when",
    "ends": "until when",
    "cost": "what it costs",
    "joint_owner": "who owns it together",
    "shared_risk": "who bears which risk",
    "who_was_asked": "who was asked",
    "who_gains": "who gains",
    "who_bears_the_need": "who bears the need",
    "protects_the_vulnerable": "how vulnerable people are protected",
    "checked_on": "when this was last looked at",
    "review": "when it is looked at again",
    "criteria": "how anybody would know it can stand on its own",
    "we_will": "we will",
    "you_can_expect": "you can expect",
    "you_will": "you will",
}
PERSONAL = {
    "title": "a title with somebody’s name",
    "e-mail": "an e-mail address",
    "telephone": "a telephone number",
    "birth": "a day of birth",
    "number": "somebody’s own number (NHS or National Insurance)",
    "postcode": "a postcode of homes",
    "home": "somebody’s address",
    "name": "somebody’s name",
}
Explanation = tuple[str, str, str]
TITLES = {
    "error": "To mend before it can be signed",
    "warning": "Worth a second look",
    "question": "Still open",
}
FINISHED = "Nothing stands in the way of signing: every gate is passed."
PRINCIPLES = {
    "active_citizenship": "How does this put active citizens first?",
    "empowerment": "Who decides, and how does the Council still mediate?",
    "made_together": "What do citizens and partners make together?",
    "hidden_resources": "Which skills and groups are found that nobody counted?",
    "fairness": "How is it fair, and includes everybody?",
}
_CHANCE = {
    "not told": "The target is so near to now that nobody could tell it from chance, ever.",
    "made up": "The figure is made up, so no target may rest on it.",
    "withheld": "The figure is withheld, so nobody could tell.",
    "no figure": "There is no count for this ward to judge a target by.",
}
# What, expected, to write; {…} are facts of the finding, {lacking} in words.
_EXPLANATIONS: dict[str, Explanation] = {
    "id-twice": (
        "the id “{said}” stands twice",
        "Each outcome, action and measure has its own.",
        'id = "{said}-2"',
    ),
    "dates-out-of-order": (
        "“{then}” is before “{first}”",
        "Things start, then end.",
        "{then} = a day after {first}",
    ),
    "position-gone": (
        "a signed position on {about} was changed or taken out: “{words}”",
        "A signed position stands; a new one is written below it.",
        "put it back as it was, and add a [[positions]] with today’s date",
    ),
    "decision-gone": (
        "a signed decision was changed or taken out: “{words}”",
        "A signed decision stands; a new one is written below it.",
        "put it back as it was, and add a [[decisions]]",
    ),
    "no-outcome": (
        "no outcome is tied to an indicator",
        "At least one outcome for everybody in the ward, with a figure.",
        '[[outcomes]] with words = "…" and indicator = "…"',
    ),
    "outcome-not-linked": (
        "the outcome {id} has no word on: {lacking}",
        "Each outcome serves {strategy} and an aim.",
        'strand = "…" and aim = "…", one of: {aims}',
    ),
    "no-indicator": (
        "the outcome {id} has no indicator",
        "A figure shows how we are doing on it.",
        'indicator = "…"; `agreement pick` lists them; or leave it, and ask for data',
    ),
    "too-hard-without-date": (
        "{id} is too hard for now, and no day is set to look again",
        "What is too hard comes back on a set day.",
        "look_again = 2028-04-03, with the right day",
    ),
    "one-side-only": (
        "on {id} nothing is kept of: {lacking}",
        "Both sides’ positions are kept.",
        '[[positions]] with about = "{id}"',
    ),
    "group-without-outcome": (
        "there is no outcome for {people}",
        "The question names children, adults and families.",
        '[[outcomes]] with people = "{people}", or leave it knowingly',
    ),
    "no-signs": (
        "what would {id} look like, if we could see it?",
        "Signs, as a resident says it.",
        'signs = ["…"]',
    ),
    "who-is-missing": (
        "who is missing from the figures on {id}?",
        "Some people are never counted.",
        'missing_from_data = "…"',
    ),
    "action-without-outcome": (
        "the action {id} lacks {lacking}",
        "An action is for an outcome, and a measure shows if it helps.",
        'outcome = "…" and measure = "…", ids of this record',
    ),
    "action-unfinished": (
        "the action {id} does not say: {lacking}",
        "What, who, how, where, with whom, what is delivered, for how long.",
        "fill these in below [[actions]]",
    ),
    "nobody-better-off": (
        "no measure says whether anybody is better off",
        "At least one, for the people the partnership serves.",
        '[[measures]] with kind = "better off"',
    ),
    "judged-by-the-ward": (
        "the measure {id} judges the partnership by a figure about the whole ward: {said}",
        "A partnership answers for its own customers, not for the ward.",
        "a measure of the people it serves; the figure belongs to an outcome",
    ),
    "nothing-cheap": (
        "no idea costs little or nothing, and no reason is given",
        "The questions ask for no cost and low cost options.",
        '[[ideas]] with cost = "none", or no_low_cost_idea_because = "…"',
    ),
    "council-alone": (
        "only the Council is named as a partner",
        "Others have a role to play.",
        '[[partners]] with who = "…" and sector = "residents", or another',
    ),
    "all-for-none-with": (
        "everything is done for people or to them, nothing with them",
        "At least one action is done with people, or by them.",
        'mode = "with" where it is true, or another action',
    ),
    "no-mode": (
        "the action {id} does not say how it is done",
        "Not, to, for, with or beyond.",
        'mode = "…"',
    ),
    "with-but-not-shared": (
        "the action {id} is done with people, but does not say: {lacking}",
        "Doing with shares the work and the risk.",
        'joint_owner = "…" and shared_risk = "…"',
    ),
    "no-measure-of-kind": (
        "there is no measure of {kind}",
        "How much, how well, better off.",
        '[[measures]] with kind = "{kind}"',
    ),
    "no-customers": (
        "who are the partnership’s customers?",
        "Who, and how many.",
        '[[customers]] with who = "…" and how_many = 40',
    ),
    "no-strengths": (
        "what is strong here already?",
        "Skills, groups, places, volunteers.",
        '[[strengths]] with words = "…"',
    ),
    "fairness-open": (
        "the fairness questions are open: {lacking}",
        "Answered before signing and at each review.",
        "fill in [fairness]",
    ),
    "no-end": (
        "it does not say how support ends: {lacking}",
        "Support is for a time, and leads to standing on one’s own.",
        "fill in [independence]",
    ),
    "wish-not-said": (
        "it stands as “{state}”, but the partnership’s wish is not recorded",
        "The partnership says yes, on a day.",
        'wishes_to_continue = "yes" and wished_on = 2026-11-22',
    ),
    "story-without-consent": (
        "the story of a person has no consent",
        "Whoever it is about has agreed.",
        'consent = "given", or take the story out',
    ),
    "no-grade": (
        "it does not say how well this is known",
        "Measured, modelled, local knowledge or anecdote.",
        'grade = "local knowledge"',
    ),
    "small-count": (
        "a count so small may point to somebody: {least} to {most} people, or so few left over",
        "Such a count is withheld.",
        'value or how_many = "withheld"',
    ),
    "named-person": (
        "a name of a person stands here",
        "Roles only; names stay private.",
        "the role in its place, such as: the secretary",
    ),
    "personal-data": (
        "{kind} stands here",
        "Roles only: everybody may read a record, for good.",
        "the role in its place, such as: the secretary, a ward councillor",
    ),
    "maybe-personal": (
        "is this {kind}?",
        "Roles only; the name of a place may stay.",
        "the role in its place, such as: a resident, the caretaker",
    ),
    "no-approver": ("nobody is named who may agree for the Council", "A role.", 'approver = "…"'),
    "no-mentor": (
        "there is no mentor",
        "A senior manager of the Corporate Managers’ Network.",
        'mentor = "…", a role',
    ),
    "no-grant-said": (
        "nothing is said of the grant",
        "The offer names it, or says there is none.",
        'grant = "…"',
    ),
    "no-promises": (
        "what do the two sides promise? Open: {lacking}",
        "One line or more for each.",
        "fill in [promises]",
    ),
    "no-curve": (
        "there is no plan of how support grows less",
        "At least two days of the way.",
        "plan = [{{ on = 2027-04-01, council_days_a_month = 4 }}, …]",
    ),
}
_FACT_WORDS = {
    "kind": lambda kind: PERSONAL.get(kind, kind),
    "lacking": lambda keys: ", ".join(
        KEYS.get(key, f"the {key}").format(**blocks.documents()) for key in keys
    ),
    "aims": ", ".join,
}


def counts_sentence(counts: dict[str, int]) -> str:
    """Return how much a record still lacks, in one sentence."""
    if not any(counts.values()):
        return FINISHED
    return (
        f"To mend: {counts.get('error', 0)}; worth a second look: {counts.get('warning', 0)}; "
        f"still open: {counts.get('question', 0)}."
    )


def sentence(finding: Finding, named: dict[str, str]) -> str:
    """Return a finding as a reader of a pack meets it: words in place of ids, nothing to type."""
    what, expected, _ = explain(finding, named)
    end = "?" if what.endswith("?") else "."
    return f"{what[0].upper()}{what[1:].rstrip('.?')}{end} {expected}"


def explain(finding: Finding, named: dict[str, str] | None = None) -> Explanation:
    """Return a finding as three short texts: what it is, what was expected, what to write.

    ``named``: what stands in place of an id of the record; whoever types sees the id.
    """
    facts = dict(finding.facts)
    for key in ("id", "about"):
        if named and facts.get(key) in named:
            facts[key] = f"“{named[facts[key]]}”"
    if finding.check in _SPECIAL:
        return _SPECIAL[finding.check](facts)
    facts |= {key: words(facts[key]) for key, words in _FACT_WORDS.items() if key in facts}
    facts |= blocks.documents()
    return tuple(text.format(**facts) for text in _EXPLANATIONS[finding.check])


def _chance(facts: dict) -> Explanation:
    return (
        f"the target of {facts['id']} can’t be judged. {_CHANCE[facts['told']]}",
        "A target that could be told from chance, or none.",
        "a level further off, more years, or take the target out",
    )


def _principle(facts: dict) -> Explanation:
    key = facts["principle"]
    return PRINCIPLES[key], "One of the five principles.", f'{key} = "…" below [principles]'


def _link(facts: dict) -> Explanation:
    near = facts["near"] or (facts["known"][0] if facts["known"] else "…")
    known = ", ".join(facts["known"]) or "none yet in this record"
    return (
        f"{facts['key']} “{facts['said']}” does not exist",
        f"Known: {known}.",
        f'{facts["key"]} = "{near}"',
    )


def _before_figure(facts: dict) -> Explanation:
    coming, by = facts["coming"], day(facts["by"])
    if coming.out is None:
        return (
            f"the target of {facts['id']} has a day, {by}, but no further figure is foreseen",
            "A target is met where a later figure shows it.",
            "another indicator, or leave the target out and ask for data",
        )
    return (
        f"the target of {facts['id']} is for {by}, before anybody can see whether it was met",
        f"The next figure ({coming.series}) is of {coming.describes.year} and may be out by "
        f"{day(coming.out)}.",
        f"by = {coming.out.isoformat()} or later, or an indicator with figures each year",
    )


_SPECIAL = {
    "unknown-link": _link,
    "target-is-chance": _chance,
    "principle-open": _principle,
    "target-before-figure": _before_figure,
}


def findings(agreement: AgreementAnswer, level: int = 4) -> Markup:
    """Return what is to mend, worth a look and open, each under a heading of a level."""
    all_findings = agreement.findings
    named = agreements.words_by_id(agreement.record)
    parts = [blocks.paragraph(_lead(agreement))]
    for severity, title in TITLES.items():
        lines = [
            sentence(finding, named) for finding in all_findings if finding.severity == severity
        ]
        if lines:
            parts.append(Markup("<h{0}>{1} ({2})</h{0}>").format(level, title, len(lines)))
            parts.append(blocks.bullets(lines))
    return Markup("").join(parts)


def _lead(agreement: AgreementAnswer) -> str:
    """Return how it stands: signed and when to look again, ready to sign, or "" with more to do."""
    if agreement.since_signing in ("same", "moved"):
        signed = agreements.signed_by(agreement.signings[-1])
        lead = f"{signed} {agreements.next_look(agreement.record)}"
    elif any(finding.severity == "error" for finding in agreement.findings):
        return ""
    else:
        again = agreements.SIGN_AGAIN if agreement.since_signing else ""
        lead = f"{FINISHED} {again}"
    return f"{agreements.EXAMPLE if agreement.is_example else ''} {lead}".strip()
