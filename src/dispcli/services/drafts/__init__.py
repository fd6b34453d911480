"""Texts to send: the templates that come with dispcli (*.txt, one a kind), and drafts made of any."""
