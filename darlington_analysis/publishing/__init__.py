"""Binds evidence into editions."""

import sys

# jsonschema, which nbformat imports, would compile a grammar of web addresses: two seconds in each
# process, for a check that no notebook uses. It does without where the grammar is not to be had.
sys.modules.setdefault("rfc3987_syntax", None)
