"""`dispcli import`: orders, disputes and refunds from files."""
