"""Pages to printer's sheets: which page stands where, on what sheet, with what marks."""
