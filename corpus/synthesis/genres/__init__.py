"""Wording of the genres; each module turns a case into the content of documents, all sentences our own."""
