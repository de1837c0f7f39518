"""How Sphinx builds these pages: `make docs`."""

project = "Darlington Analysis"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.autosummary", "numpydoc"]
exclude_patterns = ["_build"]
html_theme = "pydata_sphinx_theme"
html_title = project
html_copy_source = False
html_show_sourcelink = False
html_theme_options = {"show_prev_next": False, "secondary_sidebar_items": ["page-toc"]}

myst_heading_anchors = 3

autodoc_typehints = "none"
numpydoc_show_class_members = False
