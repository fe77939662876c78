"""Measures the auditor on real projects whose routes and calls are known."""
