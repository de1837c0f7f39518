"""What every test may ask for."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def reference_data() -> Path:
    """Return the folder of reference data, or skip with the reason why it is not there."""
    named = os.environ.get("DARLINGTON_REFERENCE_DATA", "")
    folder = Path(named)
    if not named or not (folder / "indicators").is_dir():
        pytest.skip(f"DARLINGTON_REFERENCE_DATA leads nowhere: {named!r}")
    return folder
