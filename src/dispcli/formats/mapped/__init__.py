"""Tables of orders whose columns a mapping file explains: the shipped ones, a user's own with `--map`.

A mapping is TOML and says which column is what; `manual.py` is what people are told about it.
"""
