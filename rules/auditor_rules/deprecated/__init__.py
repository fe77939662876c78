"""What is marked as deprecated and still in use."""
