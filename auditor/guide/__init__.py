"""The integration guide, written from code: which flows there are, and a diagram of each."""
