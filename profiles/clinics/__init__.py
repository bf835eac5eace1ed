"""Into the record: what the computer of a hospital or clinic takes, and how it is answered."""
