"""Offprint typesets structured interviews into branded two-column PDFs.

Nothing inside the package imports from here: a root that imports its rooms while
they import the root is how import cycles begin.
"""
