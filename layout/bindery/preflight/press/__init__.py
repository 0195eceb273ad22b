"""What keeps a finished PDF, ours or anybody's, from being printed well: PDF/X-4, and what presses need."""
