"""What a person gets of an appraisal: forms, tables and lists in Vietnamese. None of them holds a conclusion."""
