"""What a route takes and how it answers: parameters, bodies, dependencies, status codes."""
