"""Files to pages of words with boxes and confidence; searchable PDF."""
