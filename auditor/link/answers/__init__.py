"""What a handler answers where no model says so: the objects that it, and the functions it calls, write in place."""

from auditor.link.answers.answer import Answers

__all__ = ["Answers"]
