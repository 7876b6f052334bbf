"""Dossiers and the papers they hold. A person decides; this package never does."""
