"""Rules about who may call what."""
