"""Options that several commands share, each declared once, in groups that commands take as one parameter.

A file a subject, so that a command loads only its own.
"""
