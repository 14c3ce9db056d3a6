"""Leaf helpers: they know no model and import nothing of the packages above them."""
