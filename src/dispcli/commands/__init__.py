"""The command line: a package a noun, a file a verb, each imported only when it runs."""
