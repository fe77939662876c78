"""The abstract evaluator: runs the neutral form of both languages with abstract values."""
