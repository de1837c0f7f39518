"""Real outlines of wards, where somebody has put a file of boundaries into ``data/raw``."""

from dataclasses import dataclass
from typing import Any

from darlington_analysis.core.errors import SchemaError
from darlington_analysis.core.project import Project
from darlington_analysis.sources import areas, register

DATASET = "ward-outlines"
METRES = 27700  # the British National Grid: a map in degrees would be squeezed


@dataclass(frozen=True)
class Outlines:
    """A layer of area_code, area_name and geometry (metres), and the statement it must bear."""

    layer: Any
    statement: str


def outlines(project: Project, ward_set: str) -> Outlines | None:
    """Return the outlines of a ward set, None where no such file is held.

    The file is GeoJSON, GeoPackage or a zipped shapefile with a column ``ward_code``; its sidecar
    says dataset = "ward-outlines" and vintage = the ward set. Raises SchemaError where its wards
    are not those of the set, SourceError where it can't be read.
    """
    found = register.find_all(project, DATASET, ward_set)
    if not found:
        return None
    layer = register.open_layer(project, found[0])
    known = {ward.code: ward.name for ward in areas.ward_set(project, ward_set).wards}
    codes = layer.get("ward_code", ())
    if sorted(codes) != sorted(known) or layer.crs is None:
        raise SchemaError(
            f"data/raw/{found[0].path} does not outline the wards of {ward_set}",
            f"One shape for each of {len(known)} wards, a column ward_code, and coordinates that "
            f"say what they are.",
            "look for the boundary file of those wards, or take this one out",
        )
    kept = layer[["ward_code", "geometry"]].rename(columns={"ward_code": "area_code"})
    named = kept.assign(area_name=kept.area_code.map(known)).to_crs(METRES)
    return Outlines(named.sort_values("area_name", ignore_index=True), found[0].statement)
