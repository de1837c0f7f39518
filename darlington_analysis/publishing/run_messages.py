"""What a run says of itself at its end, fit for an e-mail to whoever looks after the packs."""

from collections.abc import Sequence

_FEW = 8
_WHAT = {"new": "new", "changed": "changed", "gone": "gone"}
FIRST_TRY = "made at the second try, in a kernel started anew; the first one stopped"


def nothing_changed(title: str, packs: int) -> str:
    """Return the one sentence of a run that had nothing to do."""
    return f"{title}: nothing has changed. All {packs} packs are as they were."


def ended_early(began: str) -> str:
    """Return what became of a run that was killed, or whose machine lost its power."""
    return (
        f"The run that began at {began} was ended before it was done. What it left half made is "
        f"cleared away; what is published is whole."
    )


def where(edition: str) -> str:
    """Return where the index page lies."""
    return f"reports/{edition}/index.html"


def counted(title: str, made: int, unchanged: int, failed: int) -> str:
    """Return how many packs were made, left alone and could not be made."""
    return f"{title}: {made} packs made, {unchanged} left as they were, {failed} failed."


def frozen(names: Sequence[str]) -> list[str]:
    """Return which packs stand still while partnerships ask their members."""
    if not names:
        return []
    return [f"Left still while members are asked: {', '.join(names)} (--force makes them anew)."]


def failed(name: str, code: str, reason: str, is_kept: bool) -> str:
    """Return what happened to a ward whose pack could not be made, twice."""
    kept = "the pack from before stays" if is_kept else "there is no pack of it yet"
    return f"FAILED: {name} ({code}), tried twice; {kept}. {reason}"


def retried(name: str, code: str, reason: str) -> str:
    """Return that a pack was made only at the second try."""
    return f"{name} ({code}) was {FIRST_TRY}: {reason}"


def because(causes: Sequence[tuple[str, str]], is_first: bool) -> list[str]:
    """Return what has changed since the last run: lines, the most telling first."""
    if is_first:
        return ["This is the first run of this edition that is remembered here."]
    if not causes:
        return ["Since the last run nothing it rests on has changed."]
    lines = [f"  {_WHAT[how]}: {what}" for how, what in causes[:_FEW]]
    more = len(causes) - _FEW
    lines += [f"  and {more} more"] if more > 0 else []
    return ["Changed since the last run:", *lines]


def of_packs(changes: Sequence[tuple[str, int, int, bool]]) -> list[str]:
    """Return what the changes did to packs: (ward's name, figures changed, sentences on figures
    changed, whether people wrote in its agreement).
    """
    told = [each for each in changes if any(each[1:])]
    if not told:
        same = "No figure, no sentence on figures and no agreement in a pack is another."
        return [same] if changes else []
    lines = [
        f"  {name}: {_many(figures, 'figure')}, {_many(sentences, 'sentence')}"
        f"{', and what people wrote in its agreement' if wrote else ''}"
        for name, figures, sentences, wrote in told[:_FEW]
    ]
    more = len(told) - _FEW
    lines += [f"  and {more} more wards"] if more > 0 else []
    return ["In the packs, that changed:", *lines]


def _many(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def waiting(source: str, slugs: list[str]) -> str:
    """Return that a file's figures are in the table and reach no pack, and what would change it."""
    shown = ", ".join(slugs[:3]) + (f" and {len(slugs) - 3} more" if len(slugs) > 3 else "")
    return (
        f"waiting: data/raw/{source} gives {shown}, which no pack shows. Put a slug of the "
        f"register (darlington_analysis/sources/indicators.toml) in its sidecar, or register it "
        f"in data/indicators.toml."
    )


def unshown(slug: str) -> str:
    """Return that an indicator is registered and reaches no pack, and what would change it."""
    return (
        f'not shown: no page of the packs shows {slug}. To show it, write page = "indicators" and '
        f"an order for it in data/indicators.toml."
    )
