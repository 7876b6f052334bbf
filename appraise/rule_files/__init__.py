"""Rules as files that people confirm: rules.yaml and rules.xlsx."""
