"""Does a page name somebody? Its tokens are random, and may hold the letters of a short name."""

import re

from django.http import HttpResponse


def assert_names_nobody(answer: HttpResponse, *names: str, status_code: int = 200) -> None:
    """An answer of this status, in which none of these names stands as a word."""
    assert answer.status_code == status_code
    found = re.findall(rf"\b(?:{'|'.join(names)})\b", answer.content.decode())
    assert found == []
