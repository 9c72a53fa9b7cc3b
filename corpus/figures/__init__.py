"""Figures: every quantity of a text as a record, with what it measures and its place."""
