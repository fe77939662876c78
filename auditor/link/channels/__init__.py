"""Which messages travel on which channel: where frames come from and where they go."""
