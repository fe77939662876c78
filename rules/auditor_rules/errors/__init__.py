"""Rules about how errors travel."""
