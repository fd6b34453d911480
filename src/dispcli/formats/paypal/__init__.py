"""PayPal's files: disputes and the account's activity."""
