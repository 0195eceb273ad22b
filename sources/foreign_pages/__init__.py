"""Pages that were "made elsewhere": a cover, an almanac and leaves, each for the screen and for the press."""
