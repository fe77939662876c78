"""What was generated from a backend's schema (clients, types, documents), and whether the code still says so."""
