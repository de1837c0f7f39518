"""Short words on charts, tables and boxes, and the longer notes that explain them."""

from darlington_analysis.core.vocabulary import Basis
from darlington_analysis.sources.indicators import Indicator

AGES = {
    "age_0_4": "0 to 4",
    "age_5_9": "5 to 9",
    "age_10_17": "10 to 17",
    "age_18_24": "18 to 24",
    "age_25_44": "25 to 44",
    "age_45_64": "45 to 64",
    "age_65_74": "65 to 74",
    "age_75_plus": "75 and over",
    "age_5_10": "5 to 10",
    "age_11_15": "11 to 15",
    "age_16_19": "16 to 19",
    "age_20_64": "20 to 64",
    "age_65_plus": "65 and over",
}
STATUS_WORDS = {
    "c": "[c] withheld to protect people",
    "x": "[x] not available",
    "z": "[z] does not apply",
}
SIGNS = {
    "c": "[c] withheld to protect people, which is not zero.",
    "u": "[u] based on fewer than 20 people, so not reliable.",
    "e": "[e] estimate: the number of children is that of one day for every year.",
    "f": "[f] forecast if nothing changes.",
    "x": "[x] not available.",
    "z": "[z] does not apply.",
    "low": "[low] rounds to nought but is not nought.",
}
SHORTHAND = " ".join(SIGNS.values())
MADE_UP = "made-up figures"
LOCAL_KNOWLEDGE = (
    "Local knowledge. What do people here know that this figure misses? Say how it is known: "
    "counted, or seen, or told."
)
SWIPE = "Move the map sideways to see all of it. The table below it says the same."
THIS_WARD = "this ward"
SUPPORTED, WATCH_LIST = "The review proposes support", "Watch list"

METHODS = (
    (
        "Census figures",
        "Whole neighbourhoods added up to wards, without any rounding of ours. "
        "The range that allows for chance is Wilson’s interval, at 95%.",
    ),
    (
        "Deprivation",
        "The plain mean of the scores of a ward’s neighbourhoods, set among the same "
        "means of all wards of England. Another way of averaging can move a place by a few.",
    ),
    (
        "Places among wards",
        "A range of places that holds the true one 95 times in 100, by the "
        "rank sets of Mogstad, Romano, Shaikh and Wilhelm. Made-up, modelled, withheld and "
        "unreliable figures get no place.",
    ),
    (
        "First-time entrants",
        "Counts of five years in one, over the children of five years. "
        "The range is exact under 10 children and Byar’s from 10, at 95%. It is made from the "
        "rounded count.",
    ),
    (
        "Forecasts and tests",
        "The forecast averages many ways in which the level may drift, for a "
        "band of 95%. Change over time is tested by shuffling the years. Targets use an exact test of "
        "two counts. Smoothed values are Marshall’s (empirical Bayes).",
    ),
)
GLOSSARY = (
    ("Adult", "Aged 16 and over, unless another age is given."),
    ("Benchmark", "A wider area that the ward is set beside. It is not a target."),
    (
        "First-time entrant",
        "A child aged 10 to 17 who gets a first reprimand, warning or conviction.",
    ),
    ("DUMMY", "In the name of a source: its figures are made up, as nobody publishes any."),
    ("Economically active", "In work, or looking for work and free to start."),
    ("Entry level 3", "About the reading or number skills expected of a child of nine to eleven."),
    (
        "Index",
        "The Index of Multiple Deprivation: income, work, health, skills, crime, homes and "
        "surroundings in one number, made by the Government every few years.",
    ),
    ("Indicator", "A figure about everybody in the ward, whoever serves them."),
    (
        "Neighbourhood",
        "A census area of about 1,500 people: a lower layer super output area (LSOA).",
    ),
    ("NHS", "The National Health Service."),
    ("OS data", "The Ordnance Survey’s: borders on maps."),
    ("Performance measure", "A figure about the people a partnership serves."),
    (
        "Withheld",
        "Not shown, because so few people are in it that they might be known. "
        "Withheld is not zero.",
    ),
)


def small_number_rule(rule) -> str:
    """Return the small-number rule in words."""
    return (
        f"Counts of children from {rule.withhold_from} to {rule.withhold_to} are withheld [c]. "
        f"Other counts are rounded to the nearest {rule.round_to}; a true nought stays. "
        f"Counts under {rule.unreliable_under} are marked [u]. Decided by: {rule.decided_by}. "
        f"{rule.state[0].upper()}{rule.state[1:]}."
    )


def real_file(indicator: Indicator) -> str:
    """Return what the real file must contain for a made-up figure to go."""
    return {
        "first-time-entrants": "Needed to replace it: the council’s own counts. One row a ward "
        "and financial year, with the ward’s code, the year and the number of first-time "
        "entrants, 0 included.",
    }.get(
        indicator.slug,
        "Needed to replace it: the modelled estimates of the Skills for Life survey. One row a "
        "ward, with the ward’s code and the percentage of adults aged 16 to 65.",
    )


def kind_of_figure(row) -> str:
    """Return whether a figure is real, modelled or made up."""
    if row.is_dummy:
        return "made up"
    return "modelled" if row.basis == Basis.MODELLED else "real"


def kind_of_source(told: dict) -> str:
    """Return whether a source's figures are real, modelled or made up."""
    if told["is_dummy"]:
        return "made up"
    return "modelled" if told["basis"] == Basis.MODELLED else "real"
