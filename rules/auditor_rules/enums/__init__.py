"""Sets of constants that both sides declare."""
