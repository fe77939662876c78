"""Base URLs and where they come from."""
