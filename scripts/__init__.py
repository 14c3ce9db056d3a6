"""What `make` runs. Everything up to the virtual environment uses the standard library only."""
