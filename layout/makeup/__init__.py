"""Lines to pages: columns, sidebar and furniture."""
