"""AliExpress' files: what the shopper extension, the web pages and the Open Platform tell."""
