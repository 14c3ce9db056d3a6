"""One module per environment: demo, test, production."""
