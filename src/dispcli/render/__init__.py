"""Showing results: Rich for people, plain TSV, CSV and JSON for programs. Nothing here decides anything."""
