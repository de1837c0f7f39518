"""What the gates find, in a pack: errors, warnings and questions apart."""

from markupsafe import Markup

from darlington_analysis.evidence.agreement import AgreementAnswer
from darlington_analysis.pages import boxes
from darlington_analysis.pages.words import agreed
from darlington_analysis.pages.words import agreements as agreement_words
from darlington_analysis.pages.words import checks as words


def findings(agreement: AgreementAnswer, level: int = 4) -> Markup:
    """Return what is to mend, worth a look and open, each under a heading of a level."""
    found = agreement.findings
    named = agreed.in_words(agreement.record)
    parts = [boxes.paragraph(_lead(agreement))]
    for severity, title in words.TITLES.items():
        lines = [words.sentence(each, named) for each in found if each.severity == severity]
        if lines:
            parts.append(Markup("<h{0}>{1} ({2})</h{0}>").format(level, title, len(lines)))
            parts.append(boxes.bullets(lines))
    return Markup("").join(parts)


def _lead(agreement: AgreementAnswer) -> str:
    """Return how it stands: signed and when to look again, ready to sign, or "" with more to do."""
    if agreement.since_signing in ("same", "moved"):
        signed = agreement_words.signed_by(agreement.signings[-1])
        lead = f"{signed} {agreement_words.next_look(agreement.record)}"
    elif any(each.severity == "error" for each in agreement.findings):
        return ""
    else:
        again = agreement_words.SIGN_AGAIN if agreement.since_signing else ""
        lead = f"{words.FINISHED} {again}"
    return f"{agreement_words.EXAMPLE if agreement.is_example else ''} {lead}".strip()
