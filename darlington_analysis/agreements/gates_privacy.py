"""Gates on privacy: no person is named in a record, and no count is so small that it points to one.

A record is committed, signed for good and printed in packs, what stands after a # included.
"""

import re

from darlington_analysis.agreements.gates import ERROR, QUESTION, gate
from darlington_analysis.agreements.toml_positions import COMMENT
from darlington_analysis.readers import personal_data


@gate("small-count", ERROR, 53, 155)
def _small(record, beside):
    """A count of so few people, or of so few left over, may point to somebody."""
    for where, count, whole in _counts(record):
        left = whole - count if isinstance(whole, int) and isinstance(count, int) else 0
        if count in beside.withheld or whole in beside.withheld or left in beside.withheld:
            yield where, {"least": beside.withheld[0], "most": beside.withheld[-1]}


@gate("named-person", ERROR, 1)
def _names(record, beside):
    for where, words in texts(record, beside):
        if any(re.search(rf"\b{re.escape(name)}\b", words, re.I) for name in beside.names):
            yield where, {}


@gate("personal-data", ERROR, 1, 36)
def _personal(record, beside):
    """A title with a name, an e-mail address, a telephone, a day of birth, a person's number."""
    yield from _told(record, beside, is_sure=True)


@gate("maybe-personal", QUESTION, 1, 36)
def _perhaps(record, beside):
    """What looks like a name or a home, and may be a hall that is called so."""
    yield from _told(record, beside, is_sure=False)


def _told(record, beside, *, is_sure: bool):
    for where, words in texts(record, beside):
        kinds = {each.kind for each in personal_data.signs(words) if each.is_sure == is_sure}
        for kind in sorted(kinds):
            yield where, {"kind": kind}


def texts(record, beside):
    """Give every text of a record with its place, and every comment of its file."""
    yield from _texts(record)
    for line, words in beside.comments:
        yield (COMMENT, line), words


def _counts(record):
    """Give every count of people in a record: its place, the count, and what it is out of."""
    for each in record.filled("customers"):
        yield (*record.place("customers", each), "how_many"), each.how_many, None
    for each in record.filled("measures"):
        for number, told in enumerate(each.returns):
            where = (*record.place("measures", each), "returns", number)
            yield where, told.value, told.out_of
    for number, each in enumerate(record.fairness.who_was_asked):
        yield ("fairness", "who_was_asked", number), each.how_many, None


def _texts(part, where=()):
    """Give every text of a part with its place."""
    if isinstance(part, str):
        yield where, part
    elif isinstance(part, tuple):
        for number, each in enumerate(part):
            yield from _texts(each, (*where, number))
    elif hasattr(part, "model_fields_set"):
        for key in type(part).model_fields:
            yield from _texts(getattr(part, key), (*where, key))


GATES = (_small, _names, _personal, _perhaps)
