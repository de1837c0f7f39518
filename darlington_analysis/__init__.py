"""Ward-level evidence for agreements between a council and its community partnerships.

What you type first::

    import darlington_analysis as da

    da.wards()                                            # which wards there are
    da.indicators()                                       # which indicators, and how old they are
    da.figures("no-qualifications")                       # a tidy table for pandas and seaborn
    da.compare(["Park East", "Mowden"], "no-qualifications")
    da.over_time("Park East", "no-qualifications")        # beside England, with what has changed
    da.ward("Park East")                                  # everything a pack says about one ward
    da.borough()                                          # all wards at once
    da.agreement("Central")                               # what a partnership and the Council wrote

Every function works on the project of the current folder, in a script as in a notebook, and takes
the ``edition`` to use: its id in ``darlington.toml``, or the default edition if you leave it out.
Importing this package is quick; pandas and the rest are imported when a function needs them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from darlington_analysis.core import __version__
from darlington_analysis.core.errors import plainly as _plainly

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from darlington_analysis.evidence.agreement import AgreementAnswer
    from darlington_analysis.evidence.borough import BoroughEvidence
    from darlington_analysis.evidence.compare import Comparison, OverTime
    from darlington_analysis.evidence.quality import Quality
    from darlington_analysis.evidence.ward import WardEvidence

__all__ = [
    "__version__",
    "agreement",
    "borough",
    "compare",
    "editions",
    "figures",
    "indicators",
    "over_time",
    "quality",
    "ward",
    "wards",
]


@_plainly
def figures(
    indicator: str | None = None,
    *,
    ward: str | None = None,
    edition: str | None = None,
    period: str = "latest",
) -> pd.DataFrame:
    """Return the figures of an indicator as a tidy table: one row an area and period.

    Parameters
    ----------
    indicator
        The slug of one indicator, as ``da.indicators()`` lists them; every indicator if left out.
    ward
        One ward by its name, its code or an alias, to have its rows and those of the areas that
        it is compared with; every ward if left out.
    edition
        The id of an edition, such as "2011"; the project's default edition if left out.
    period
        "latest", "all", or one period as it is written in the table, such as "2011".

    Returns
    -------
    DataFrame
        ``area``, ``area_code``, ``area_type`` ("ward", "borough", "region" or "country"),
        ``indicator`` and its ``short_title``, ``period``, ``value`` with ``lower_limit`` and
        ``upper_limit`` (95% confidence) in the ``unit`` of the indicator, ``numerator`` and
        ``denominator`` (counts of people or homes), ``status`` ("" for most, "c" if withheld), ``basis``
        ("observed" or "modelled"), ``fit`` (how figures of areas became figures of wards),
        ``is_dummy`` (made up) and ``source`` (the file in data/raw). Wards come first, by name.

    Raises
    ------
    UnknownAreaError
        For an indicator, ward, edition or period that does not exist.
    SourceError
        If ``darlington data`` has not been run yet.

    Examples
    --------
    >>> table = figures("no-qualifications", ward="Park East", edition="2011")
    >>> table.loc[table.area_type != "borough", ["area", "value"]].round(1)
             area  value
    0   Park East   30.4
    2  North East   26.5
    3     England   22.5
    """
    from darlington_analysis.evidence import figures as tables
    from darlington_analysis.evidence.table import load

    return tables.figures(load(edition), indicator, ward=ward, period=period)


@_plainly
def compare(
    wards: Sequence[str],
    indicator: str | None = None,
    *,
    edition: str | None = None,
    period: str = "latest",
) -> Comparison:
    """Return the difference of every pair of wards, with its interval.

    Parameters
    ----------
    wards
        Two wards or more, each by its name, its code or an alias.
    indicator
        The slug of one indicator, as ``da.indicators()`` lists them; every indicator if left out.
    edition, period
        As for :func:`figures`.

    Returns
    -------
    Comparison
        In a notebook it shows itself as a chart with its table. Its ``.frame`` has one row a pair
        and indicator: ``ward``, ``other``, ``indicator``, ``period``, ``value`` and
        ``other_value``, each with its ``status``, and their ``difference`` with ``lower_limit``
        and ``upper_limit`` (95% confidence), all in the indicator's ``unit``. ``comparison`` is
        "higher", "lower", "cannot be told apart" or "not known"; ``note`` says why a difference
        has no interval. The intervals are not widened for the number of pairs and indicators that
        you look at.

    Raises
    ------
    UnknownAreaError
        For a ward, indicator, edition or period that does not exist.
    UsageError
        If fewer than two different wards are named.

    Examples
    --------
    >>> pair = compare(["Park East", "Mowden"], "no-qualifications", edition="2011").frame
    >>> pair[["ward", "other", "difference", "comparison"]].round(1)
            ward   other  difference comparison
    0  Park East  Mowden        11.4     higher
    """
    from darlington_analysis.evidence.compare import compare as compared
    from darlington_analysis.evidence.table import load

    return _shown(compared(load(edition), wards, indicator, period=period))


@_plainly
def over_time(
    ward: str, indicator: str, *, edition: str | None = None, since: str | None = None
) -> OverTime:
    """Return one ward on one indicator over time, beside England, with the change from each period.

    Parameters
    ----------
    ward
        The ward's name, its code or an alias.
    indicator
        The slug of one indicator, as ``da.indicators()`` lists them.
    edition
        As for :func:`figures`.
    since
        An earlier edition, to see the same place in two editions: its ward that most of this
        ward's people lived in comes first. Where the borders differ, the rows say so in ``note``
        and no change is worked out from the one to the other.

    Returns
    -------
    OverTime
        In a notebook it shows itself as a chart with its table. Its ``.frame`` has one row a
        period, the oldest first: ``area``, ``area_code``, ``edition``, ``indicator``, ``period``,
        ``value`` with its limits, ``unit``, ``status``, ``fit``; ``benchmark`` (the name of the
        first benchmark), ``benchmark_value`` and ``gap``, the value less the benchmark's. From the
        row before: ``change`` and ``gap_change``, each with ``_lower_limit`` and ``_upper_limit``
        (95% confidence; the benchmark is taken as known), and ``gap_moved`` ("up", "down", "cannot
        be told apart" or ""). ``note`` says why there is no change, or what to mind.

    Raises
    ------
    UnknownAreaError
        For a ward, indicator or edition that does not exist.
    UsageError
        If the wards of ``since`` are not those that the edition's wards replaced, or nothing is
        held on where their people went.

    Examples
    --------
    >>> rows = over_time("Park East", "no-qualifications", edition="2025").frame
    >>> rows[["period", "value", "gap", "gap_change", "gap_moved"]].round(1)
      period  value  gap  gap_change gap_moved
    0   2011   30.1  7.6         NaN
    1   2021   22.6  4.5        -3.1      down
    """
    from darlington_analysis.evidence.compare import over_time as periods
    from darlington_analysis.evidence.table import load

    earlier = load(since) if since else None
    return _shown(periods(load(edition), ward, indicator, since=earlier))


@_plainly
def wards(edition: str | None = None) -> pd.DataFrame:
    """Return the wards of an edition: ``code`` and ``name``, in the order of their names.

    Raises UnknownAreaError for an edition that does not exist.

    Examples
    --------
    >>> wards("2011").head(2)
            code        name
    0  E05001553    Bank Top
    1  E05001554     Central
    """
    import pandas as pd

    from darlington_analysis.evidence.table import load

    listed = load(edition).wards.wards
    return pd.DataFrame({"code": [w.code for w in listed], "name": [w.name for w in listed]})


@_plainly
def indicators(edition: str | None = None) -> pd.DataFrame:
    """Return the indicators that wards have figures of, one row an indicator.

    Columns: ``indicator`` (its slug), ``title``, ``short_title``, ``unit``, ``polarity`` ("low is
    good", "high is good" or "none"), ``period`` (the latest) and ``is_dummy`` (made up). Raises
    UnknownAreaError for an edition that does not exist.

    Examples
    --------
    >>> listed = indicators("2011").set_index("indicator")
    >>> listed.loc["no-qualifications", ["title", "period"]].to_list()
    ['Adults with no qualifications', '2011']
    """
    from darlington_analysis.evidence.figures import indicators as listed
    from darlington_analysis.evidence.table import load

    return listed(load(edition))


@_plainly
def editions() -> pd.DataFrame:
    """Return the editions of the project: ``edition``, ``title``, ``ward_set``, ``is_default``.

    Raises UsageError where the current folder is in no project.

    Examples
    --------
    >>> editions().edition.to_list()
    ['2011', '2025']
    """
    import pandas as pd

    from darlington_analysis.core.project import find_project
    from darlington_analysis.core.settings import load_settings

    settings = load_settings(find_project())
    return pd.DataFrame(
        {
            "edition": one.id,
            "title": one.title,
            "ward_set": one.ward_set,
            "is_default": one.id == settings.packs.default_edition,
        }
        for one in settings.editions
    )


@_plainly
def ward(name: str, *, edition: str | None = None) -> WardEvidence:
    """Return everything that a pack says about one ward.

    ``name`` is the ward's name, its code or a known alias. Each section of the pack is a property,
    worked out when you ask for it: ``.what_matters``, ``.indicators["no-qualifications"]``,
    ``.deprivation`` and so on; ``dir()`` lists them. In a notebook each shows itself as the pack
    does; ``.frame`` is its table where it has one.

    Raises UnknownAreaError for a ward or an edition that does not exist. A name that is close to a
    ward's name is suggested in the error and not used.

    Examples
    --------
    >>> park_east = ward("Park East", edition="2011")
    >>> park_east.ward.code
    'E05001573'
    """
    from darlington_analysis.evidence.ward import for_ward

    return _shown(for_ward(name, edition))


@_plainly
def borough(*, edition: str | None = None) -> BoroughEvidence:
    """Return the evidence on all wards of an edition at once.

    Its properties are the sections of notebook 03: ``.indicators``, ``.scan``, ``.places()``,
    ``.robustness`` and so on; ``.frame`` is a section's table. Raises UnknownAreaError for an
    edition that does not exist.

    Examples
    --------
    >>> borough(edition="2011").scan.frame.area_name.nunique()
    24
    """
    from darlington_analysis.evidence.borough import for_borough

    return _shown(for_borough(edition))


@_plainly
def agreement(ward: str, *, edition: str | None = None) -> AgreementAnswer:
    """Return what the partnership of a ward and the Council have written, and what checks find.

    ``ward`` is the ward's name, its code, an alias, the partnership's name, or that of the
    record's file in ``data/agreements``. If you leave the edition out, it is the one that the record names.
    ``.record`` is the record (None where there is none), ``.findings`` what its checks found, and
    ``.frame`` the figures of the indicators that its outcomes are tied to.

    Raises UnknownAreaError for a ward or an edition that does not exist, AgreementError for a
    record that cannot be read.

    Examples
    --------
    >>> central = agreement("Central", edition="2011")
    >>> central.record.edition
    '2011'
    """
    from darlington_analysis.evidence.review import agreement_of

    return _shown(agreement_of(ward, edition))


@_plainly
def quality(*, edition: str | None = None) -> Quality:
    """Return whether an edition can be published, and what is missing or was set aside.

    Raises UnknownAreaError for an edition that does not exist.

    Examples
    --------
    >>> quality(edition="2011").verdict.is_go
    False
    """
    from darlington_analysis.evidence.quality import data_quality

    return _shown(data_quality(edition))


def _shown(answer):
    """Return an answer that shows itself as HTML where a notebook or IPython is running."""
    from darlington_analysis.pages import enable

    enable()
    return answer
