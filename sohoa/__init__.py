"""Sohoa digitises Vietnamese administrative documents."""
