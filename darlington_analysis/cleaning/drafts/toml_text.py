"""A drafted sidecar as TOML text, its questions first."""

import json
import re

from darlington_analysis.errors import visible

HEAD = """# A DRAFT, made by looking at the file. Nothing is imported while a question is open.
# Under each question write answer = "…"; "yes" takes what is offered. Then: darlington check
"""


def text_of(draft: dict, questions: list[dict], remarks: list[str]) -> str:
    """Return the sidecar: remarks as comments, questions, story, columns, how the file is read."""
    lines = [HEAD, *(f"# {visible(' '.join(remark.split()))}" for remark in remarks), ""]
    plain = {name: each for name, each in draft.items() if not isinstance(each, dict)}
    lines += [f"{_key(name)} = {value(each)}" for name, each in plain.items()]
    for question in questions:
        lines += ["", "[[questions]]"]
        lines += [f"{name} = {value(each)}" for name, each in question.items()]
    for name, each in draft.items():
        if isinstance(each, dict):
            lines += _table(name, each)
    return "\n".join(lines) + "\n"


def value(each) -> str:
    """Return a value as TOML."""
    if isinstance(each, bool):
        return str(each).lower()
    if isinstance(each, dict):
        return "{ " + ", ".join(f"{_key(n)} = {value(part)}" for n, part in each.items()) + " }"
    if isinstance(each, (list, tuple)):
        return "[" + ", ".join(value(part) for part in each) + "]"
    if isinstance(each, int):
        return str(each)
    return json.dumps(str(each), ensure_ascii=False).replace("\x7f", "\\u007f")


def _table(name: str, table: dict) -> list[str]:
    lines = ["", f"[{name}]"]
    nested = {}
    for key, each in table.items():
        if isinstance(each, dict):
            nested[f"{name}.{_key(key)}"] = each
        elif isinstance(each, (list, tuple)) and each and isinstance(each[0], dict):
            lines += [f"{_key(key)} = [", *(f"  {value(part)}," for part in each), "]"]
        else:
            lines.append(f"{_key(key)} = {value(each)}")
    for inner, each in nested.items():
        lines += _table(inner, each)
    return lines


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else value(name)
