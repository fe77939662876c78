"""API documents that stand for a backend: OpenAPI 3 and Swagger 2, in JSON or YAML."""
