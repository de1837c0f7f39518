"""A dummy borough goes through cleaning and the gate as this one does, and says what it is."""

import pandas as pd

from darlington_analysis.cleaning import process
from darlington_analysis.core.settings import load_settings
from darlington_analysis.evidence import table
from darlington_analysis.publishing import disclosure_audit
from darlington_analysis.sources import register
from scripts.data_build import dummy_borough


def test_a_dummy_borough_is_cleaned_gated_and_withstands_the_attack(tmp_path):
    """Awkward wards included: counts are withheld, and none can be narrowed."""
    project = dummy_borough.make(tmp_path / "town", 3)
    process.write(project, process.process(project, load_settings(project)))
    loaded = table.load("2011", project)
    audited = disclosure_audit.passed(loaded)
    assert audited.withheld > 0
    assert {"Upper, “Middle” & <Lower> College"} < {ward.name for ward in loaded.wards.wards}
    changed = [each for each in register.register(project) if "DUMMY BOROUGH" in each.title]
    assert 7 == len(changed)


def test_the_same_seed_gives_the_same_borough_and_another_seed_another(tmp_path):
    """Benchmarks can be run again."""
    counts = [
        pd.read_csv(dummy_borough.make(tmp_path / str(n), seed).raw / dummy_borough.COUNTS)
        for n, seed in enumerate((1, 1, 2))
    ]
    assert counts[0].equals(counts[1])
    assert not counts[0].equals(counts[2])
