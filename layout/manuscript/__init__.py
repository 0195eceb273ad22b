"""What is said: YAML files read into frozen records."""
