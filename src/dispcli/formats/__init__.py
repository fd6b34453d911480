"""Files that come in. One format a file, behind one small interface, recognised by content."""
