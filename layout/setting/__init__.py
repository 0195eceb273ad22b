"""Words to lines: shaping, hyphenation and line breaking."""
