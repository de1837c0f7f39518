"""Which area a cell means: codes and names of every vintage, near misses offered, never taken."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz import fuzz, process

from darlington_analysis.core import settings
from darlington_analysis.core.errors import UnknownAreaError
from darlington_analysis.core.project import Project
from darlington_analysis.core.settings import load_place
from darlington_analysis.readers.layout import System
from darlington_analysis.sources import areas, register

_GSS = re.compile(r"[EWSNK]\d{8}|[0-9]{2}[A-Z]{2}[A-Z0-9]{0,4}")
_CODE_AND_NAME = re.compile(r"(E\d{8}|\d{2}[A-Z]{4})\s*[:,\u2013-]?\s+(\S.*)")
_NEAR = 83  # “South East” is 80 like “North East” and another region
LSOAS = {"lsoa-2001": "2001", "lsoa-2011": "2011", "lsoa-2021": "2021"}
# Names that are near one of ours, and are not ours.
_OTHERS = re.compile(
    r"north west|south (?:east|west)|(?:east|west) midlands|east|yorkshire and the humber|london"
    r"|wales|scotland|northern ireland|great britain|united kingdom|england and wales"
)
_NOTES = re.compile(r"(?:\s*(?:\[[^\]]{1,12}\]|\(\d{1,2}\)|[\u00b9\u00b2\u00b3*†‡]))+\s*$")


@dataclass(frozen=True)
class Place:
    """An area that was recognised: its code (GSS where there is one), type and system.

    ``is_coded`` is True where a code named it, False where a name did.
    """

    code: str
    area_type: str
    system: System
    is_coded: bool = field(default=False, compare=False)


class Gazetteer:
    """Every area of the council by every code and name it had, and the wider areas."""

    def __init__(self, project: Project):
        self._project = project

    @cached_property
    def known(self) -> dict[System, dict[str, Place]]:
        """Return, for each system, places by the plain text of each of their codes and names."""
        places: dict = {
            system: self._wards(system, ward_set) for system, ward_set in self.wards_of.items()
        }
        places |= {system: self._lsoas(system, year) for system, year in LSOAS.items()}
        places |= {system: self._former(source) for system, source in self.former.items()}
        places["wider"] = {
            areas.plain(text): Place(area.code, area_type, "wider", _is_coded(text))
            for area_type, area in self.place.wider.items()
            for text in (area.code, area.name, *area.aliases)
        }
        return places

    @cached_property
    def place(self) -> settings.Place:
        """What the project's settings say of the council's area."""
        return load_place(self._project)

    @cached_property
    def wards_of(self) -> dict[System, str]:
        """The ward set of each system of wards."""
        return {f"ward-{wards.id}": wards.id for wards in self.place.ward_sets}

    @cached_property
    def former(self) -> dict[System, register.Source]:
        """The tables of wards that no figures are held of, by their system."""
        sources = register.find_all(self._project, "former-wards")
        return {f"ward-{source.vintage}": source for source in sources}

    @property
    def first_years(self) -> dict[System, int]:
        """The systems of small areas, and the first year of each."""
        lsoas = {system: int(year) for system, year in LSOAS.items()}
        wards = {f"ward-{wards.id}": wards.first_year for wards in self.place.ward_sets}
        return {**lsoas, **wards, **dict.fromkeys(self.former, 1900)}

    @property
    def ward_sets(self) -> list[set[str]]:
        """The codes of the wards of each set."""
        return [{place.code for place in self.known[system].values()} for system in self.wards_of]

    def find(self, text: str, systems: tuple[System, ...]) -> Place | None:
        """Return the place a cell means in the systems, None where it means none, or several.

        “College” is a ward of 2003 and another one of 2015: a name that fits both is not taken.
        """
        pair = _CODE_AND_NAME.fullmatch(text.strip())
        if pair:  # “00EHNC : Bank Top”: both must mean the same place
            code, name = (self.find(part, systems) for part in pair.groups())
            return code if code and (name is None or name.code == code.code) else None
        wanted = self._bare(text)
        places = [self.known[name][wanted] for name in systems if wanted in self.known[name]]
        return places[0] if len({place.code for place in places}) == 1 else None

    def means(self, code: str, place: Place) -> bool:
        """True where a code is one of a place's own, of whatever time."""
        named = self.find(code, (place.system,))
        return named is not None and named.code == place.code

    def has(self, text: str) -> bool:
        """True for every code and name of an area of the council, its region and country."""
        return any(self.find(text, (name,)) for name in self.known)

    def refuse_near_miss(self, text: str, systems: tuple[System, ...]) -> None:
        """Raise UnknownAreaError where a cell that means none of the systems' areas is close.

        Close: it is an area of ours in another system (a code of another vintage), or a name
        but a slip away from one that is known.
        """
        wanted = self._bare(text)
        places = [known[wanted] for known in self.known.values() if wanted in known]
        if places and (is_code(text) or systems != ("wider",)):  # Eastbourne is a district, too
            named = " and ".join(f"{place.code} of {place.system}" for place in places)
            raise UnknownAreaError(
                f'"{text[:60]}" is {named}',
                f"The sidecar declares {', '.join(systems)}.",
                "correct systems in the sidecar's [reading.areas], or the file",
            )
        if is_code(text) or _OTHERS.fullmatch(
            wanted.removesuffix(" region")
        ):  # near one another by design
            return
        names = [name for system in systems for name in self.known[system]]
        best = process.extractOne(wanted, names, scorer=fuzz.ratio, score_cutoff=_NEAR)
        if best:
            place = self.find(best[0], systems)
            raise UnknownAreaError(
                f'"{text[:60]}" is no area that is known',
                f"Did you mean {best[0]} ({place.code})? A near miss is offered, never taken.",
                "correct the file, or add the name to ward_aliases.csv",
            )

    def _wards(self, system: System, ward_set: str) -> dict[str, Place]:
        known = areas.ward_set(self._project, ward_set)
        places = {}
        for ward in known.wards:
            for text in (ward.code, ward.code_old, ward.code_old.removeprefix("00"), ward.name):
                if text:
                    is_coded = text != ward.name
                    places[areas.plain(text)] = Place(ward.code, "ward", system, is_coded)
        for alias, code in known.aliases:
            places[areas.plain(alias)] = Place(code, "ward", system)
        return places

    def _lsoas(self, system: System, year: str) -> dict[str, Place]:
        codes = [
            code
            for source in register.find_all(self._project, f"lsoa{year}-to-ward")
            for code in register.open_raw(self._project, source).frame.lsoa_code
        ]
        return {areas.plain(code): Place(code, "lsoa", system, True) for code in codes}

    def _former(self, source: register.Source) -> dict[str, Place]:
        places = {}
        for row in register.open_raw(self._project, source).frame.itertuples():
            code, name = row.ward_code_old, row.ward_name
            for text in (code, code.removeprefix("00"), name):
                place = Place(code, "ward", f"ward-{source.vintage}", text != name)
                places[areas.plain(text)] = place
        return places

    def _bare(self, text: str) -> str:
        """Return text as areas are known by: “Mowden Ward” and “Mowden [note 2]” are Mowden."""
        council = areas.plain(self.place.name)
        name = areas.plain(_NOTES.sub("", text)).removesuffix(f" ({council})")
        return name.removesuffix(" ward").removesuffix(" ua")


def _is_coded(text: str) -> bool:
    return is_code(text) or text.isdigit() or (text.isupper() and len(text) < 5)


def is_code(text: str) -> bool:
    """True for what is shaped like a code of any British area, old or new."""
    return bool(_GSS.fullmatch(text.strip()))
