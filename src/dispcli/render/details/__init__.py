"""What is drawn whole for a terminal; a file a subject, so that a command loads only its own."""
