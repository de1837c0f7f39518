"""How hard a text is to read, and words that say too much."""

import re

FORBIDDEN = re.compile(r"\b(significant|caused?|improved|worse)\b", re.I)


def readability(text: str) -> float:
    """Return the Automated Readability Index of a text: about the school years it asks for."""
    words = re.findall(r"[\w’'%,.]*\w", text)
    sentences = re.findall(r"[.!?:](?:\s|$)", text)
    letters = sum(len(re.sub(r"\W", "", word)) for word in words)
    return 4.71 * letters / len(words) + 0.5 * len(words) / max(1, len(sentences)) - 21.43
