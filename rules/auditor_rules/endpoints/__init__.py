"""Requests and the routes that should answer them."""
