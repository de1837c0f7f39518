"""On which line of a TOML file a key stands, so that a mistake can be pointed at."""

import re

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?")
_NAME = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
_KEY = re.compile(rf"\s*({_NAME}(?:\s*\.\s*{_NAME})*)\s*=\s*")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'', re.DOTALL
)

_HASH = re.compile(rf"{_STRING.pattern}|#([^\n]*)", re.DOTALL)
COMMENT = "#"

Path = tuple[str | int, ...]


def key_lines(text: str) -> dict[Path, int]:
    """Return the line, from 1, of every table, key and element of an array in valid TOML.

    A path is what pydantic calls a location: ``("outcomes", 0, "words")``.
    """
    found: dict[Path, int] = {}
    table: Path = ()
    counts: dict[Path, int] = {}
    place = 0
    while place < len(text):
        line = text.count("\n", 0, place) + 1
        header, key = _HEADER.match(text, place), _KEY.match(text, place)
        if header and header[0].lstrip().startswith("["):
            table = _table(header, counts)
            found.setdefault(table, line + header[0].count("\n", 0, _lead(header[0])))
            place = _next_line(text, header.end())
        elif key:
            path = (*table, *_names(key[1]))
            found[path] = line + key[0].count("\n", 0, _lead(key[0]))
            place = _value(text, key.end(), path, found)
        else:
            place = _next_line(text, place)
    return found


def comments(text: str) -> tuple[tuple[int, str], ...]:
    """Return what stands after each # of valid TOML, with its line: its place is COMMENT, line."""
    return tuple(
        (text.count("\n", 0, each.start()) + 1, each[1].strip())
        for each in _HASH.finditer(text)
        if each[1]
    )


def line_of(path: Path, lines: dict[Path, int]) -> int:
    """Return the line of a path, of the first thing in it, or of the nearest thing round it."""
    if path[:1] == (COMMENT,):
        return path[1]
    for length in range(len(path), 0, -1):
        near = path[:length]
        inside = [line for other, line in lines.items() if other[:length] == near]
        if inside:
            return lines.get(near, min(inside))
    return 1


def _lead(matched: str) -> int:
    """Return how many letters of white space stand in front: the pattern may swallow lines."""
    return len(matched) - len(matched.lstrip())


def _table(header: re.Match, counts: dict[Path, int]) -> Path:
    path: Path = ()
    names = _names(header[2])
    for name in names[:-1]:
        path = (*path, name)
        path = (*path, counts[path] - 1) if path in counts else path
    path = (*path, names[-1])
    if header[1] == "[[":
        counts[path] = counts.get(path, 0) + 1
        return (*path, counts[path] - 1)
    return path


def _names(dotted: str) -> Path:
    parts = re.findall(r"\"[^\"]*\"|'[^']*'|[\w-]+", dotted)
    return tuple(part.strip("\"'") for part in parts)


def _value(text: str, place: int, path: Path, found: dict[Path, int]) -> int:
    """Walk to the end of a value; note where each element of an array begins."""
    depth, element, is_waiting = 0, 0, False
    while place < len(text):
        string, letter = _STRING.match(text, place), text[place]
        if is_waiting and not letter.isspace() and letter not in "#],":
            found[(*path, element)] = text.count("\n", 0, place) + 1
            is_waiting = False
        if string or letter == "#":
            place = string.end() if string else _next_line(text, place) - 1
            continue
        if letter == "\n" and depth == 0:
            return place + 1
        depth += (letter in "[{") - (letter in "]}")
        if depth == 1 and letter in "[,":
            element, is_waiting = element + (letter == ","), True
        place += 1
    return place


def _next_line(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end + 1
