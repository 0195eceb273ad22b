"""Subsets of one face that came in with several files, made one font: glyphs joined, codes written anew."""
