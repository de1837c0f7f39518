"""Words of the notebook a newcomer opens first."""

EDITIONS = "Editions of this project"
WARDS = "Wards of the default edition"
INDICATORS = "Indicators there are for wards"
