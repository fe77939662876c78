"""What the servers in front of a backend do to a path: dev servers, Next, nginx, handlers that forward."""
