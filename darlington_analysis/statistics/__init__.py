"""Pure arithmetic: tables in, tables out, the method used on every row."""
