"""PDFs to an issue: binding and merging."""
