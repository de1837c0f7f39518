"""Text files that people write (TOML), read within limits: no file may be a trap."""

import tomllib

MOST_LETTERS = 500_000  # a record of a partnership has about 10,000
MOST_DEEP = 16  # tables in tables; ours are four deep


def loads(text: str) -> dict:
    """Return what a TOML text says.

    Raises ValueError (tomllib.TOMLDecodeError where the grammar is broken) for text that is none,
    too long, or nested deeper than any file of ours.
    """
    if len(text) > MOST_LETTERS:
        raise ValueError(f"it is longer than {MOST_LETTERS:,} letters")
    try:
        found = tomllib.loads(text)
    except RecursionError as fault:
        raise ValueError(_DEEP) from fault
    _refuse_deep(found)
    return found


_DEEP = f"brackets or dots are nested more than {MOST_DEEP} deep"


def _refuse_deep(found: dict) -> None:
    """Look level by level: a function that calls itself would be caught in the same trap."""
    level: list = [found]
    for _ in range(MOST_DEEP):
        level = [
            inner
            for each in level
            for inner in (each.values() if isinstance(each, dict) else each)
            if isinstance(inner, dict | list)
        ]
    if level:
        raise ValueError(_DEEP)
