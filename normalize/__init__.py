"""The Vietnamese language as pure text: Unicode, syllables, diagnosis, restoration."""
