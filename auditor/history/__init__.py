"""The life of a gap: two revisions against one another, and what became of the gaps of earlier runs."""
