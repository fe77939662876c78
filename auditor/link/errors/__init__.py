"""Errors of both sides: the classes with what they stand for, and the keys of an error's body."""
