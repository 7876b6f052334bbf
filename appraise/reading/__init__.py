"""A dossier read: its papers and their copies, candidates, what is claimed of them."""
