"""People and machines at the door: commands and jobs."""
