"""The council's decisions, read from ``darlington.toml`` into typed records."""

from datetime import date
from typing import Annotated

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

    ward_set: str
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
    partnerships; None where it has not said so.
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


class Roles(_Record):
    """Who a reader may ask."""

    decided_on: date
    ask: Plain
    accessible_formats: Plain


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

    @model_validator(mode="after")
    def _default_exists(self):
        if self.packs.default_edition not in [edition.id for edition in self.editions]:
            raise ValueError(f"default_edition {self.packs.default_edition!r} is not an edition")
        return self

    def edition(self, name: str | int | None = None) -> Edition:
        """Return the edition of that name, or the default one.

        papermill hands ``-p edition 2025`` over as a number. Raises UnknownAreaError where there
        is none.
        """
        wanted = str(self.packs.default_edition if name is None else name)
        for edition in self.editions:
            if edition.id == wanted:
                return edition
        raise UnknownAreaError(
            f'Unknown edition: "{wanted}"',
            f"Editions in darlington.toml: {', '.join(known.id for known in self.editions)}",
            f"--edition {self.packs.default_edition}",
        )


FORM = Form(Settings, "darlington.toml")


def load_settings(project: Project) -> Settings:
    """Return the project's settings. Raises UsageError, naming the line that is wrong."""
    text = ""
    try:
        text = bounded_toml.read_text(project.settings_file)
        return Settings.model_validate(bounded_toml.loads(text))
    except ValueError as fault:  # no UTF-8, no TOML, a trap, or something that is no setting
        advice = advice_on(FORM, text, fault)
        raise UsageError(
            f"darlington.toml, line {advice.line}: {advice.what}",
            advice.expected,
            f"write {advice.write}",
        ) from fault
