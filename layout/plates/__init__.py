"""Pages to PDF: the painter, fonts, pictures and metadata."""
