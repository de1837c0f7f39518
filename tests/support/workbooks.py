"""Workbooks for tests, written cell by cell: small, awkward, or lying about their size."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

_TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/\
content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.\
relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName=\
"/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.\
main+xml"/></Types>"""
_RELS = """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/\
2006/relationships">{}</Relationships>"""
_REL = '<Relationship Id="rId{0}" Type="http://schemas.openxmlformats.org/officeDocument/2006/\
relationships/{1}" Target="{2}"/>'
_MANIFEST = """<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:\
opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type=\
"application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>"""
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def column_name(index: int) -> str:
    """Return A for 0, Z for 25, AA for 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def sheet_xml(rows: list[list], far: str = "", dimension: str = "") -> str:
    """Return a sheet; ``far`` is one cell more, ``dimension`` what the sheet says it spans."""
    lines = []
    for number, cells in enumerate(rows, 1):
        parts = []
        for index, cell in enumerate(cells):
            at = f'r="{column_name(index)}{number}"'
            if isinstance(cell, (int, float)):
                parts.append(f"<c {at}><v>{cell!r}</v></c>")
            elif cell:
                parts.append(f'<c {at} t="inlineStr"><is><t>{escape(cell)}</t></is></c>')
        lines.append(f'<row r="{number}">{"".join(parts)}</row>')
    if far:
        digits = "".join(letter for letter in far if letter.isdigit())
        lines.append(f'<row r="{digits}"><c r="{far}"><v>1</v></c></row>')
    said = f'<dimension ref="{dimension}"/>' if dimension else ""
    return (
        f'<?xml version="1.0"?><worksheet xmlns="{_MAIN}">{said}<sheetData>{"".join(lines)}'
        f"</sheetData></worksheet>"
    )


def write_xlsx(
    path: Path,
    sheets: dict[str, list[list]],
    far: str = "",
    dimension: str = "",
    hidden: tuple[str, ...] = (),
) -> Path:
    """Write a workbook of named sheets, some of them hidden; return its path."""
    names = list(sheets)
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{at}" r:id="rId{at}"'
        f"{' state=' + chr(34) + 'hidden' + chr(34) if name in hidden else ''}/>"
        for at, name in enumerate(names, 1)
    )
    book = (
        f'<?xml version="1.0"?><workbook xmlns="{_MAIN}" xmlns:r="http://schemas.openxmlformats.org/'
        f'officeDocument/2006/relationships"><sheets>{listed}</sheets></workbook>'
    )
    links = "".join(
        _REL.format(at, "worksheet", f"worksheets/sheet{at}.xml") for at in range(1, len(names) + 1)
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", _TYPES)
        packed.writestr(
            "_rels/.rels", _RELS.format(_REL.format(1, "officeDocument", "xl/workbook.xml"))
        )
        packed.writestr("xl/workbook.xml", book)
        packed.writestr("xl/_rels/workbook.xml.rels", _RELS.format(links))
        for at, name in enumerate(names, 1):
            text = sheet_xml(sheets[name], far, dimension)
            packed.writestr(f"xl/worksheets/sheet{at}.xml", text)
    return path


def _ods_cell(cell) -> str:
    said = ' office:value-type="string"' if cell else ""
    if isinstance(cell, (int, float)):
        said = f' office:value-type="float" office:value="{cell}"'
    return f"<table:table-cell{said}><text:p>{escape(str(cell))}</text:p></table:table-cell>"


def write_ods(path: Path, rows: list[list], repeated: int = 1) -> Path:
    """Write an OpenDocument sheet whose last cell is there ``repeated`` times; return its path."""
    lines = []
    for number, cells in enumerate(rows, 1):
        parts = [_ods_cell(cell) for cell in cells]
        if number == len(rows) and repeated > 1:
            parts[-1] = parts[-1].replace(
                "-cell", f'-cell table:number-columns-repeated="{repeated}"', 1
            )
        lines.append(f"<table:table-row>{''.join(parts)}</table:table-row>")
    base = "urn:oasis:names:tc:opendocument:xmlns:"
    spaces = "".join(f' xmlns:{name}="{base}{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f'<?xml version="1.0"?><office:document-content{spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="Table 1">{"".join(lines)}</table:table></office:spreadsheet>'
        f"</office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(
            "mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED
        )
        packed.writestr("content.xml", content)
        packed.writestr("META-INF/manifest.xml", _MANIFEST)
    return path
