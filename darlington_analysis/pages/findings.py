"""What the checks find in an agreement record: what it is, what was expected, what to write.

The texts of each check stand in ``findings.toml`` beside this module.
"""

import math
import tomllib
from functools import cache
from importlib.resources import files

from markupsafe import Markup

from darlington_analysis.agreements.checks import answers
from darlington_analysis.agreements.checks.check import Finding, TargetFacts
from darlington_analysis.agreements.checks.phrases import QUESTIONS
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
    "we_will": "the Council will",
    "you_can_expect": "the partnership can expect of the Council",
    "you_will": "the partnership will",
    "parked_because": "why",
    "look_again": "when both sides look again",
    "day_to_come": "a day to look again that is still to come",
    "progress_on": "since which day",
    "in_the_way": "what is in the way",
    "pounds": "how many pounds",
    "who_pays": "who pays",
    "capacity": "whose time it takes",
    "grant_pounds_a_year": "pounds of grant a year",
    "worker_days_a_month": "days a month of the community worker",
    "mentor_days_a_year": "days a year of the mentor",
    "on": "on which day",
    "changes": "what changes",
    "owner": "who clears it",
    "since": "since when",
    "partnership": "the partnership",
    "council": "the Council",
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
FINISHED = "Nothing stands in the way of signing: every check is passed."
PRINCIPLES = {key: QUESTIONS[key] for key in answers.PRINCIPLES}
_CHANCE = {
    "not told": "It is so near to now that it could never be told from chance.",
    "made up": "The figure is made up, so no target may use it.",
    "withheld": "The figure is withheld, so it can’t be judged.",
    "no figure": "There is no count for this ward to judge a target by.",
    "neither": "The figure is neither good nor bad, so it has no target.",
    "impossible": "No figure of this kind can be so high or so low.",
}


@cache
def _texts() -> dict[str, dict[str, str]]:
    """Return the texts of each check: what, rule and write."""
    return tomllib.loads(files(__package__).joinpath("findings.toml").read_text("utf-8"))


_FACT_WORDS = {
    "kind": lambda kind: PERSONAL.get(kind, kind),
    "lacking": lambda keys: ", ".join(
        KEYS.get(key, f"the {key}").format(**blocks.documents()) for key in keys
    ),
    "aims": ", ".join,
    "by": {"partnership": "the partnership", "council": "the Council"}.get,
    "rates": lambda rates: f"{rates[0]:.0f} of 100, and {rates[1]:.0f} of 100 of others",
    "starts": agreements.date_words,
    "ends": agreements.date_words,
    "support_ends": lambda ends: f"{day(ends)} ({ends.isoformat()})",
    "pounds": agreements.in_pounds,
    "grant": agreements.in_pounds,
    "when": day,
    "today": day,
    "reason": {
        "most": "more than there can be",
        "baseline": "no better than the first return",
        "day": "its day is before support starts",
        "not first": "a later return is of an earlier time",
        "target": "it is not before the day of the target",
        "old": "it is of more than two years before the action starts",
        "late": "it is of more than a year after the action started",
    }.get,
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
    texts = _texts()[finding.check]
    return tuple(texts[name].format(**facts) for name in ("what", "rule", "write"))


def _chance(facts: dict) -> Explanation:
    return (
        f"the target of {facts['id']} can’t be judged. {_CHANCE[facts['verdict']]}",
        "A target that could be told from chance, or none.",
        "a level further off, more years, or take the target out",
    )


def _beyond(facts: dict) -> Explanation:
    target: TargetFacts = facts["target"]
    moved = target.gap_changes
    furthest = moved.towards_good[-1] if moved else abs(target.best - target.value)
    rule = f"{target.best_ward} has the best figure of any ward here: {target.best:.1f}."
    if moved:
        rule = (
            f"From {moved.first} to {moved.last}, in {moved.years} years, the ward whose gap to "
            f"the country closed most closed {furthest:.1f} points of it."
        )
    nearest = target.gap + math.copysign(furthest, target.gap_then - target.gap)
    return (
        f"the target of {facts['id']} is out of reach: the gap to the country is {target.gap:.1f} "
        f"and would have to be {target.gap_then:.1f}",
        rule,
        f"gap = {nearest:.1f}, or one nearer to now",
    )


def _wrong_way(facts: dict) -> Explanation:
    target: TargetFacts = facts["target"]
    key, now, then = "level", target.value, facts["aim"].level
    if then is None:
        key, now, then = "gap", target.gap, facts["aim"].gap
    return (
        f"the target of {facts['id']} is a {key} of {then:g}, and it was {now:.1f} in "
        f"{target.period}: that is no better",
        "A target is better than now. "
        f"In {target.period} the figure was {target.value:.1f}, and the gap {target.gap:.1f}.",
        f"gap = … on the good side of {target.gap:.1f}",
    )


def _by_pace(facts: dict) -> Explanation:
    target: TargetFacts = facts["target"]
    return (
        f"the target of {facts['id']} would be met if the ward only kept the country’s pace: that "
        f"alone brings it to {target.at_pace:.1f}",
        "A target is what is done beyond the pace of the whole country, so it is best set as a gap. "
        f"The gap is {target.gap:.1f} now, and {target.gap_at_pace:.1f} by then at that pace.",
        f"gap = … in place of level, on the good side of {target.gap_at_pace:.1f}",
    )


def _too_late(facts: dict) -> Explanation:
    coming = facts["coming"]
    return (
        f"whether the target of {facts['id']} is met is seen only after support ends on "
        f"{day(facts['ends'])}",
        f"The next figure ({coming.series}) is of {coming.describes.year} and may be out by "
        f"{day(coming.out)}. Until then only a measure of the partnership’s own can show something.",
        "for a measure of one of its actions: target = { level = 75, by = a day before support "
        "ends }",
    )


def _add_up(facts: dict) -> Explanation:
    needed, reached = facts["needed"], facts["reached"]
    return (
        f"the actions for {facts['id']} reach {reached} people, and the target needs {needed}",
        "What is promised adds up, or it is said who brings about the rest.",
        "reaches = … for each action; and rest_from = who brings about the other "
        f"{needed - reached}; or a nearer level",
    )


def _review(facts: dict) -> Explanation:
    if facts["due"]:
        return (
            f"a review was due on {day(facts['due'])}, and none is written down",
            "Both sides look at the agreement together, and write what they learned.",
            '[[reviews]] with on = a day, who = ["…"], learned = "…" and changes = "…"',
        )
    lacking = ", ".join(KEYS.get(key, key) for key in facts["lacking"])
    return (
        f"a review does not say: {lacking}",
        "When, who was there, what was learned, and what changes.",
        'on = 2026-11-22, who = ["…"] and changes = "…"',
    )


def _principle(facts: dict) -> Explanation:
    key = facts["principle"]
    return PRINCIPLES[key], "One of the five principles.", f'{key} = "…" below [principles]'


def _link(facts: dict) -> Explanation:
    near = facts["near"] or (facts["known"][0] if facts["known"] else "…")
    known = ", ".join(facts["known"]) or "none yet in this record"
    return (
        f"{facts['key']} “{facts['written']}” does not exist",
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
        f"the target of {facts['id']} is for {by}, before it can be seen whether it was met",
        f"The next figure ({coming.series}) is of {coming.describes.year} and may be out by "
        f"{day(coming.out)}.",
        f"by = {coming.out.isoformat()} or later, or an indicator with figures each year",
    )


def _without_action(facts: dict) -> Explanation:
    texts = _texts()["agreed-without-action"]
    lacking = {
        "action": "no action is for it",
        "text": "the text of both sides names nothing that its actions do",
    }[facts["lacking"]]
    words = facts | {"lacking": lacking}
    return tuple(texts[name].format(**words) for name in ("what", "rule", "write"))


def _text_too_old(facts: dict) -> Explanation:
    words = {
        "on": day(facts["on"]),
        "turned": day(facts["turned"]),
        "day": facts["turned"].isoformat(),
    }
    facts |= words | {"by": _FACT_WORDS["by"](facts["by"])}
    texts = _texts()["agreed-text-too-old"]
    return tuple(texts[name].format(**facts) for name in ("what", "rule", "write"))


_SPECIAL = {
    "agreed-text-too-old": _text_too_old,
    "agreed-without-action": _without_action,
    "unknown-link": _link,
    "target-is-chance": _chance,
    "principle-open": _principle,
    "target-before-figure": _before_figure,
    "target-beyond-reach": _beyond,
    "target-met-by-pace": _by_pace,
    "target-wrong-way": _wrong_way,
    "target-seen-too-late": _too_late,
    "actions-do-not-add-up": _add_up,
    "review-due": _review,
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
    if agreement.state.is_in_force:
        signed = agreements.signed_by(agreement.signings[-1])
        lead = f"{signed} {agreements.next_look(agreement.record)}"
    elif any(finding.severity == "error" for finding in agreement.findings):
        return ""
    else:
        again = agreements.SIGN_AGAIN if agreement.signings else ""
        lead = f"{FINISHED} {again}"
    return f"{agreements.EXAMPLE if agreement.is_example else ''} {lead}".strip()
