"""The commands of `scripts`, which tests seldom run whole."""

import importlib

import pytest

from tests.support.projects import ROOT

# One needs a fuzzer that is not among the packages; the other is a program for another machine.
NOT_HERE = {"scripts.hardening.fuzz_child", "scripts.hardening.unit_probe"}
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in (ROOT / "scripts").rglob("*.py")
    if not path.stem.startswith("__")
}


@pytest.mark.parametrize("name", sorted(MODULES - NOT_HERE))
def test_what_a_command_uses_of_the_library_is_there(name):
    """A function that was renamed or removed is noticed before the command is needed."""
    assert importlib.import_module(name)


def test_no_module_is_left_out_that_is_not_there():
    """The two that can't be imported here exist."""
    assert MODULES > NOT_HERE
