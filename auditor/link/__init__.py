"""Everything that needs more than one file or a path."""
