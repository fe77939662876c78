"""Checks what a written report claims against the code: a document is never evidence that code exists."""
