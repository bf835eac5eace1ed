"""The one page: what may be shown, arranged, and made into a PDF that loses nothing."""
