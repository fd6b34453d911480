"""The records of every list, field by field; a file a subject, so that a command loads only its own."""
