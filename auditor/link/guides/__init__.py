"""Documents that describe how the two sides talk: their diagrams, examples and tables read as contracts."""
