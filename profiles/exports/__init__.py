"""The page as data: plain text, and a file that a person can carry to another place."""
