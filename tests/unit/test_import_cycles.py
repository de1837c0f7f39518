"""No module of the library imports another that leads back to it, at the top or in a function."""

import graphlib

import grimp

PACKAGE = "darlington_analysis"


def cycle_in(imports: dict[str, set[str]]) -> list[str]:
    """Return a cycle of modules that import each other, or nothing where there is none."""
    try:
        graphlib.TopologicalSorter(imports).prepare()
    except graphlib.CycleError as fault:
        return fault.args[1]
    return []


def test_no_module_imports_itself_by_way_of_another():
    """Every module of the library, its imports inside functions too; an import for type checkers
    alone is never executed, and does not count.
    """
    graph = grimp.build_graph(PACKAGE, exclude_type_checking_imports=True, cache_dir=None)
    imports = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    assert len(imports) > 100
    assert [] == cycle_in(imports)


def test_a_cycle_is_found():
    """Of two modules, and of three."""
    assert [] == cycle_in({"a": {"b", "c"}, "b": {"c"}, "c": set()})
    assert ["a", "b", "a"] == cycle_in({"a": {"b"}, "b": {"a"}})
    assert 4 == len(cycle_in({"a": {"b"}, "b": {"c"}, "c": {"a"}}))
