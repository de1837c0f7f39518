"""What is run by hand around the library: ``python -m scripts.<package>.<module>``."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
"""The root of the project."""


def copy_settings(folder: Path) -> None:
    """Copy the settings into a project for trials, with the edition of 2011 as its default.

    Records, made-up counts and the review's statements are about the wards of that edition.
    """
    text = (ROOT / "darlington.toml").read_text("utf-8")
    edition = 'default_edition = "{}"'.format
    (folder / "darlington.toml").write_text(text.replace(edition(2025), edition(2011)), "utf-8")
