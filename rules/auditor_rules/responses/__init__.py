"""What routes return and what the frontend expects."""
