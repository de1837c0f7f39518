"""The council's decisions, read from ``darlington.toml`` into typed records."""

from datetime import date
from functools import cached_property, lru_cache
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from darlington_analysis.core import bounded_toml
from darlington_analysis.core.errors import UnknownAreaError, UsageError
from darlington_analysis.core.project import Project
from darlington_analysis.core.toml_faults import Form, advice_on

WardCode = Annotated[str, Field(pattern=r"^E05\d{6}$")]
AreaCode = Annotated[str, Field(pattern=r"^E\d{8}$")]
Plain = Annotated[str, Field(min_length=1, max_length=300)]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Area(_Record):
    """An area around the wards: its code, its name, and what else files call it."""

    code: AreaCode
    name: Plain
    aliases: tuple[Plain, ...] = ()


class Wards(_Record):
    """The wards between two changes of borders: the name of the set, and when it came.

    ``wards`` is how many there are. ``nested`` are the years of the census areas (LSOAs) that lie
    whole in these wards; those of other years are shared out among them. ``predecessor`` is the set
    before.
    """

    id: str = Field(pattern=r"^[12][0-9]{3}-([12][0-9]{3}|on)$")
    first_year: int = Field(ge=1900, le=2100)
    wards: int = Field(ge=1)
    nested: tuple[Literal["2001", "2011", "2021"], ...] = ()
    predecessor: str = ""

    @property
    def when(self) -> str:
        """When the wards are in force, in words: “of 2003 to 2015”, “since 2015”."""
        first, _, last = self.id.partition("-")
        return f"of {first} to {last}" if last.isdigit() else f"since {first}"


class Place(Area):
    """The council's area, its region and country, and its sets of wards, the oldest first.

    ``extent``: west, south, east and north of the area in metres on the British National Grid;
    outlines beyond it are refused.
    """

    council: Plain
    extent: tuple[int, int, int, int] | None = None
    region: Area
    country: Area
    ward_sets: tuple[Wards, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self):
        ids = [wards.id for wards in self.ward_sets]
        years = [wards.first_year for wards in self.ward_sets]
        if years != sorted(set(years)) or len(set(ids)) < len(ids):
            raise ValueError("ward_sets: the oldest first, each with its own id and first_year")
        if self.extent and not (
            self.extent[0] < self.extent[2] and self.extent[1] < self.extent[3]
        ):
            raise ValueError("extent: west before east and south before north, in metres")
        for wards in self.ward_sets:
            if wards.predecessor and wards.predecessor not in ids[: ids.index(wards.id)]:
                raise ValueError(
                    f"predecessor {wards.predecessor!r} of {wards.id} is no earlier ward set"
                )
        return self

    @cached_property
    def wider(self) -> dict[str, Area]:
        """The borough, region and country by their type, the smallest first."""
        return {"borough": self, "region": self.region, "country": self.country}

    @cached_property
    def names(self) -> dict[str, str]:
        """The names of the borough, region and country by their codes."""
        return {area.code: area.name for area in self.wider.values()}

    def wards(self, ward_set: str) -> Wards:
        """Return the ward set of an id. Raises UnknownAreaError where there is none."""
        for wards in self.ward_sets:
            if wards.id == ward_set:
                return wards
        raise UnknownAreaError(
            f'Unknown ward set: "{ward_set}"',
            f"Ward sets in darlington.toml: {', '.join(wards.id for wards in self.ward_sets)}",
            "correct the name, or add it under [[place.ward_sets]]",
        )

    @property
    def first(self) -> Wards:
        """The oldest set of wards."""
        return self.ward_sets[0]

    @property
    def last(self) -> Wards:
        """The wards of today."""
        return self.ward_sets[-1]

    def wards_in(self, year: int) -> Wards:
        """Return the wards in force in a year; before the first set, the first."""
        earlier = [wards for wards in self.ward_sets if wards.first_year <= year]
        return earlier[-1] if earlier else self.ward_sets[0]


class Packs(_Record):
    """Which edition is made when none is named."""

    default_edition: str


class SmallNumbers(_Record):
    """The rule for controlled counts; counts are whole people."""

    decided_by: Plain
    decided_on: date
    state: Plain
    withhold_from: int = Field(ge=1)
    withhold_to: int = Field(ge=1, le=100)
    round_to: int = Field(ge=1, le=100)
    unreliable_under: int = Field(ge=0)
    protected_width: int = Field(ge=2)

    @property
    def numbers(self) -> dict[str, int]:
        """What decides which counts are printed, without who decided it and when."""
        return self.model_dump(exclude={"decided_by", "decided_on", "state"})

    @model_validator(mode="after")
    def _leaves_room(self):
        width = self.withhold_to - self.withhold_from + 1
        if width < self.protected_width:
            raise ValueError(
                f"withhold_from to withhold_to spans {width} whole numbers, "
                f"fewer than protected_width ({self.protected_width})"
            )
        # A printed number must stand for as many counts as any other, or it gives them away: with
        # withhold_to = 5 and round_to = 5, a printed 5 could only be 6 or 7.
        room = (self.withhold_to + 1 + self.round_to // 2) % self.round_to
        if room:
            raise ValueError(
                f"withhold_to = {self.withhold_to} cuts through the counts that are rounded to one "
                f"multiple of round_to ({self.round_to}); write {self.withhold_to - room} or "
                f"{self.withhold_to + self.round_to - room}"
            )
        return self


class Benchmarks(_Record):
    """The areas that every ward is set beside."""

    decided_by: Plain
    decided_on: date
    areas: tuple[AreaCode, ...] = Field(min_length=1, max_length=3)


class Support(_Record):
    """Which wards of a ward set are supported, and which come next."""

    ward_set: str  # empty: nothing is decided
    review: str = Field(max_length=300)  # the document the lists are from, its date; "" for none
    decided_by: Plain
    decided_on: date
    state: Plain
    supported: tuple[WardCode, ...]
    watch_list: tuple[WardCode, ...]
    most_deprived_percent: float = Field(gt=0, lt=100)
    spare_capacity: int = Field(ge=0)
    watch_list_pounds: int = Field(ge=0)
    reasons: dict[str, Plain]


class Aim(_Record):
    """An aim an outcome may serve: whose it is, and the year it ended."""

    id: str = Field(pattern=r"^[a-z0-9-]{1,40}$")
    words: Plain
    whose: Plain
    until_year: int | None = None


class Agreements(_Record):
    """What agreement records may point at: aims, themes, and the names of the five modes.

    ``grant_pounds_a_year`` and ``worker_days_a_month``: how much the Council has for all
    partnerships; None where it has not stated this.
    """

    decided_by: Plain
    decided_on: date
    state: Plain
    aims: tuple[Aim, ...] = Field(min_length=1)
    themes: tuple[Plain, ...]
    modes: dict[str, Plain]
    modes_source: Plain
    grant_pounds_a_year: float | None = Field(None, ge=0)
    worker_days_a_month: float | None = Field(None, ge=0)
    strategy: Plain = "the strategy"
    principles_of: Plain = "working together"


class Roles(_Record):
    """Who a reader may ask, and by which address and number of a team; "" where none is given."""

    decided_on: date
    ask: Plain
    accessible_formats: Plain
    email: str = Field("", pattern=r"^$|^[^@\s<>]+@[^@\s<>]+\.[a-z]+$", max_length=100)
    telephone: str = Field("", pattern=r"^$|^\+?[0-9 ()]{5,25}$")


class Edition(_Record):
    """A published set of packs: its wards, its date and the age of its data.

    ``made_up_figures``: whether dummies may stand where nothing is published.
    """

    id: str = Field(pattern=r"^[0-9A-Za-z-]{1,20}$")
    title: Plain
    ward_set: str
    dated: date
    data_as_at: date
    draft: bool
    index_vintages: tuple[str, ...] = Field(min_length=1)
    first_time_entrants_years: tuple[str, ...]
    made_up_figures: bool = True


class Settings(_Record):
    """Everything ``darlington.toml`` says."""

    packs: Packs
    small_numbers: SmallNumbers
    benchmarks: Benchmarks
    support: Support
    agreements: Agreements
    roles: Roles
    editions: tuple[Edition, ...] = Field(min_length=1)
    place: Place

    @model_validator(mode="after")
    def _editions_are_known_and_named_once(self):
        ids = [edition.id for edition in self.editions]
        if twice := sorted({one for one in ids if ids.count(one) > 1}):
            raise ValueError(f"edition id {twice[0]!r} stands twice: each edition has its own")
        if self.packs.default_edition not in ids:
            raise ValueError(f"default_edition {self.packs.default_edition!r} is not an edition")
        known = [wards.id for wards in self.place.ward_sets]
        for edition in self.editions:
            if edition.ward_set not in known:
                raise ValueError(
                    f"ward_set {edition.ward_set!r} of edition {edition.id} is not in "
                    f"place.ward_sets ({', '.join(known)})"
                )
        return self

    def edition(self, name: str | int | None = None) -> Edition:
        """Return the edition of that name, or the default one where the name is None or "".

        papermill hands ``-p edition 2025`` over as a number. Raises UnknownAreaError where there
        is none.
        """
        wanted = str(name or self.packs.default_edition)
        for edition in self.editions:
            if edition.id == wanted:
                return edition
        raise UnknownAreaError(
            f'Unknown edition: "{wanted}"',
            f"Editions in darlington.toml: {', '.join(known.id for known in self.editions)}",
            f"name one of them, or none to have {self.packs.default_edition}",
        )


FORM = Form(Settings, "darlington.toml")


def load_settings(project: Project) -> Settings:
    """Return the project's settings. Raises UsageError, naming the line that is wrong."""
    text = ""
    try:
        text = bounded_toml.read_text(project.settings_file)
        return _parsed(text)
    except ValueError as fault:  # no UTF-8, no TOML, a trap, or something that is no setting
        advice = advice_on(FORM, text, fault)
        raise UsageError(
            f"darlington.toml, line {advice.line}: {advice.what}",
            advice.expected,
            f"write {advice.write}",
        ) from fault


def load_place(project: Project) -> Place:
    """Return what the settings say of the council's area. Raises UsageError as `load_settings`."""
    return load_settings(project).place


@lru_cache(maxsize=8)
def _parsed(text: str) -> Settings:
    return Settings.model_validate(bounded_toml.loads(text))
