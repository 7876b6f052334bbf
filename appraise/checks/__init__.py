"""A dossier held against rules, registry and lists: every check with figures, reason and evidence."""
