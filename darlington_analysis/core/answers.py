"""What evidence objects share: a repr of a line or two, and a ``dir`` of what can be asked."""

from typing import Any

_LONGEST = 60  # characters of one part of a repr
_NAMING = ("ward", "indicator", "edition")  # fields that say what a nested answer is about


class Answer:
    """What a question to the library gives.

    Its repr names its parts and how large they are. Its ``dir`` leaves out what begins with "_"
    and the names in ``not_listed``. A notebook shows it as pages do (``pages.enable``).
    """

    not_listed = frozenset({"not_listed"})

    def __init_subclass__(cls, **given: Any) -> None:
        super().__init_subclass__(**given)
        cls.__repr__ = Answer.__repr__  # type: ignore[method-assign]  # dataclass leaves it be

    def __repr__(self) -> str:
        shown = (field.name for field in _fields(self) if field.repr and field.name[0] != "_")
        parts = (f"{name}={in_short(getattr(self, name))}" for name in shown)
        return f"{type(self).__name__}({', '.join(parts)})"

    def __dir__(self) -> list[str]:
        names = super().__dir__()
        return sorted(n for n in names if not n.startswith("_") and n not in self.not_listed)


def in_short(value: Any) -> str:
    """Return any part of an answer in a few words: a table by its rows, an object by its name."""
    if isinstance(value, str | int | float | None):
        return _cut(repr(value))
    if isinstance(value, Answer):
        named = [field.name for field in _fields(value) if field.name in _NAMING]
        label = ", ".join(in_short(getattr(value, name)) for name in named)
        return f"{type(value).__name__}({label or '…'})"
    for name in ("title", "name"):
        if isinstance(said := getattr(value, name, None), str):
            return _cut(repr(said))
    if type(value).__name__ in ("DataFrame", "Series"):
        return f"{type(value).__name__} of {len(value)} rows"
    if isinstance(value, tuple | list | dict):
        kinds = {type(one).__name__ for one in value}
        return f"{len(value)} of {kinds.pop()}" if len(kinds) == 1 else f"{len(value)} parts"
    return f"{type(value).__name__}(…)"


def _fields(answer: Answer) -> Any:
    return getattr(type(answer), "__dataclass_fields__", {}).values()


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
