"""What a person is about to do: what has happened, what comes next, and the moments of a life."""
