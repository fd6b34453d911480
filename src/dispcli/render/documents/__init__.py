"""What is shown whole, section by section; a file a subject, so that a command loads only its own."""
