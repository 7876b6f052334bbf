"""A guideline read into rules: its text and outline, criteria, dossier sets, deadlines, open questions."""
