"""SQLite, as Django has it, but for how long whoever wants to write waits for others who do."""
