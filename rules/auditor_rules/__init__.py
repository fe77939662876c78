"""The rules that ship with the auditor, one file each; a file's docstring is the manual page of its rule."""
