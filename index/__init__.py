"""Passages made searchable on disk."""
