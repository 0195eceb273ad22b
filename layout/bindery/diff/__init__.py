"""What two PDFs differ in: read into frozen values, aligned, compared, told and drawn."""
