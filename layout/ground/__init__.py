"""What every room stands on: units, problems and whole files."""
