"""How the committed raw tables, made-up figures and maps were made."""
