"""Authentication as both sides practise it."""
