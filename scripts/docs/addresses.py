"""Which publishers' addresses stand in the sidecars, and which were never tried live.

python -m scripts.docs.addresses    (writes docs/addresses.md)
"""

from darlington_analysis.core.project import Project, find_project
from darlington_analysis.sources import register

HEAD = """# Addresses in the sidecars, and whether they were tried

Made by `python -m scripts.docs.addresses`. A test compares this page with the sidecars. No publisher's
address was tried while the project was built. Where an address was tried, its sidecar says
`tried = <day>`. `fetch` downloads from `download`, never from `address`, which is the page that a
person reads.

| address | files | tried |
|---|---:|---|
"""


def page(project: Project) -> str:
    """Return docs/addresses.md."""
    found: dict[str, list[str]] = {}
    files = [
        each
        for each in register.register(project)
        if not each.path.startswith(("incoming/", "restricted/"))
    ]
    for source in files:
        tried = str((source.model_extra or {}).get("tried", "never"))
        for address in {source.address, source.download} - {""}:
            if address.startswith("http"):
                found.setdefault(address, []).append(tried)
    rows = [
        f"| {address} | {len(days)} | {max(days)} |\n" for address, days in sorted(found.items())
    ]
    never = sum("never" in days for days in found.values())
    loads = sum(bool(source.download) for source in files)
    return (
        f"{HEAD}{''.join(rows)}\n{len(found)} addresses, {never} of them never tried. Sidecars "
        f"that name a `download`: {loads} of {len(files)}.\n"
    )


def main() -> None:
    """Write the page and print it."""
    project = find_project()
    (project.root / "docs" / "addresses.md").write_text(page(project), "utf-8")
    print(page(project))


if __name__ == "__main__":
    main()
