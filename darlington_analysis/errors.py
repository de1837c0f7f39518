"""How things go wrong: what happened, what was expected, what to try, and an exit code."""


class DarlingtonError(Exception):
    """A fault that a person can put right; shown as three lines, never as a traceback.

    ``what`` says what happened, ``expected`` what should have been there, ``try_`` what to do.
    ``exit_code`` is what the command line ends with.
    """

    exit_code = 1

    def __init__(self, what: str, expected: str, try_: str):
        super().__init__(what, expected, try_)
        self.what, self.expected, self.try_ = what, expected, try_

    def __str__(self) -> str:
        """Return the three lines."""
        return f"{self.what}\n  {self.expected}\n  Try: {self.try_}"


class UsageError(DarlingtonError):
    """The command, a setting or a notebook's parameters are not what they should be."""

    exit_code = 2


class SourceError(DarlingtonError):
    """A raw file or its sidecar is missing, changed or unreadable."""

    exit_code = 10


class SchemaError(DarlingtonError):
    """A table is not of the shape it was declared to have."""

    exit_code = 11


class ContradictionError(SchemaError):
    """Figures that cannot all be true of one table."""


class UnknownAreaError(DarlingtonError):
    """No such ward, edition or indicator."""

    exit_code = 12


class PackFailedError(DarlingtonError):
    """At least one pack could not be made; the others were published."""

    exit_code = 13


class DisclosureError(DarlingtonError):
    """Publishing was refused, because it would give somebody away."""

    exit_code = 14


class AgreementError(DarlingtonError):
    """An agreement record is wrong or unfinished."""

    exit_code = 15


class VerifyError(DarlingtonError):
    """An edition made again is not the one in ``reports``."""

    exit_code = 16


class LockedError(DarlingtonError):
    """Another run is at work on the same edition."""

    exit_code = 17


class InaccessibleError(DarlingtonError):
    """A published page would shut some of its readers out."""

    exit_code = 18
