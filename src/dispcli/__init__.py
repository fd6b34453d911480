"""dispcli: a ledger for buyers' disputes on marketplaces."""

__version__ = "0.1.0"
