"""Event streams: names of events and what listens to them."""
