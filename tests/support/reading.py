"""How hard a text is to read, and words that say too much."""

import re
import zipfile

from bs4 import BeautifulSoup

FORBIDDEN = re.compile(r"\b(significant|caused?|improved|worse)\b", re.I)


def readability(text: str) -> float:
    """Return the Automated Readability Index of a text: about the school years it asks for."""
    words = re.findall(r"[\w’'%,.]*\w", text)
    sentences = re.findall(r"[.!?:](?:\s|$)", text)
    letters = sum(len(re.sub(r"\W", "", word)) for word in words)
    return 4.71 * letters / len(words) + 0.5 * len(words) / max(1, len(sentences)) - 21.43


def words_of(path) -> str:
    """Return the words of a Word file, a line a paragraph, those of its headers included."""
    with zipfile.ZipFile(path) as packed:
        names = [name for name in packed.namelist() if re.match(r"word/(document|header)", name)]
        parts = [BeautifulSoup(packed.read(name), "html.parser") for name in sorted(names)]
    return "\n".join(line.get_text() for part in parts for line in part.find_all("w:p"))
