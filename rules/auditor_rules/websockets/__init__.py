"""Sockets, and the routes that accept them."""
