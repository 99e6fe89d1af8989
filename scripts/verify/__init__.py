"""Slow or outside checks, each run by its name."""
