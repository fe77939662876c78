"""Rules about documents that describe how the two sides talk."""
