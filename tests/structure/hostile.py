"""What strangers send to a page that takes a form: letters, numbers, lists, types and addresses.

Each kind came from somewhere: what a database cannot keep, what a decoder refuses, what a parser
cannot go into, and what only looks like words.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import quote, urlencode

URLENCODED = "application/x-www-form-urlencoded"
BOUNDARY = "CNRYboundary"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"
DEEP = 100_000  # deeper than any parser goes by itself
FILE = b'{"format": "tell-it-once/1", "answers": %s}'

VALUES = {
    "nothing": b"",
    "a NUL": b"\x00",
    "a NUL in a word": b"Te\x00a",
    "a lone surrogate": b"\xed\xa0\x80",
    "bytes that are no letters": b"\xff\xfe\xfa",
    "a cut letter": b"Tea \xf0\x9f",
    "a noncharacter": "\uffff\U0010ffff".encode(),
    "bidi": "\u202eaeT\u2066\u2069\u200f".encode(),
    "stacked accents": ("e" + "\u0301" * 3_000).encode(),
    "controls": bytes(range(1, 32)),
    "a new line in a head": b"Tea\r\nBcc: dee@example.org",
    "a very long word": b"a" * 200_000,
    "a very long number": b"9" * 5_000,
    "a number for no database": b"9223372036854775808",
    "a number too small": b"-9223372036854775809",
    "a negative number": b"-1",
    "another kind of digit": "\u0663\u00b2".encode(),
    "a number that is none": b"NaN",
    "an exponent": b"1e999",
    "a day that is none": b"0000-00-00",
    "a day long after": b"99999-12-31",
    "the last day": b"9999-12-31",
    "markup": b"<script>x</script>{{7*7}}{% debug %}",
    "a formula": b"=HYPERLINK(A1)",
    "a percent sign": b"%s%n%x%00",
    "an address elsewhere": b"//example.com\\@[::1",
    "an address that is none": b"http://[",
    "an email that is none": b'"a\x00b"@\xe2\x80\xae.example',
    "a name of a file": b"../../etc/passwd\x00.jpg",
    "a list": b"[]",
    "an object": b'{"a": 1}',
    "text of its own kind": b'"\\ud800\\u0000"',
    "a surrogate in a file": FILE % b'[{"topic": "calm", "text": "\\ud800"}]',
    "a NUL in a file": FILE % b'[{"topic": "calm", "text": "\\u0000"}]',
    "a deep list": b"[" * DEEP + b"]" * DEEP,
    "a deep object": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "a number too big for Python": FILE % (b"9" * 5_000),
}  # fmt: skip

QUOTED = {kind: quote(value) for kind, value in VALUES.items()}

TYPES = [
    "", "text/plain", "application/json", "application/xml", "application/octet-stream", "nonsense",
    f"{URLENCODED}; charset=utf-16", f"{URLENCODED}; charset=utf-7", f"{URLENCODED}; charset=utf8",
    f"{URLENCODED}; charset=latin-1", f"{URLENCODED}; charset=unicode_escape",
    f"{URLENCODED}; charset=raw_unicode_escape", f"{URLENCODED}; charset=idna",
    f"{URLENCODED}; charset=rot13", f"{URLENCODED}; charset=hex", f"{URLENCODED}; charset=nonsense",
    f"{URLENCODED}; charset=", f'{URLENCODED}; charset="', f"{URLENCODED}; charset=\xe9",
    f"{URLENCODED}; charset=a\x00b", f"{URLENCODED}; charset*=nonsense''x",
    f"{URLENCODED}; charset*=utf-16''%00", f"{URLENCODED}; charset={'a' * 5_000}",
    "multipart/form-data", "multipart/form-data; boundary=", f"{MULTIPART}; charset=utf-16",
    f"{MULTIPART}; charset=utf-7", f"{MULTIPART}; charset=unicode_escape",
    f"{MULTIPART}; charset=idna", "multipart/form-data; boundary=\xe9",
    "multipart/mixed; boundary=a",
]  # fmt: skip

ENDS = [b"", b"--" + BOUNDARY.encode() + b"--\r\n", b"--" + BOUNDARY.encode()]
HEADS = [
    b'form-data; name="%s"',
    b'form-data; name="%s"; filename="../../x\x00.jpg"',
    b'form-data; name="%s"; filename="\xff\xed\xa0\x80"',
    b"form-data; name=\"%s\"; filename*=nonsense''x",
    b"form-data; name=\"%s\"; filename*=unicode_escape''%%5Cud800.jpg",
    b'form-data; name="%s"; filename="' + b"a" * 3_000 + b'.zip"',
    b'form-data; name="%s"\r\nContent-Transfer-Encoding: base64',
    b'form-data; name="%s"\r\nContent-Type: image/png; charset=utf-16',
]


@dataclass(frozen=True)
class Sent:
    """One hostile thing that is sent to an address."""

    kind: str
    body: bytes = b""
    content_type: str = URLENCODED
    query: str = ""
    piece: str = ""  # what takes the place of each piece of the address that varies
    headers: dict[str, str] = field(default_factory=dict)


def everything(
    typed: dict[str, object], names: list[str], read: list[str]
) -> Iterator[Callable[[], Sent]]:
    """All that is sent to one address, where a form with these words in it would be taken.

    `names` are of its fields, and `read` of whatever any view looks for. What is large is made when
    it is called for: by day most of it is passed over.
    """
    usual = urlencode(typed, doseq=True).encode()
    for kind, value in VALUES.items():
        short = QUOTED[kind][:300]
        for name in names:
            yield partial(_as_field, kind, name, typed)
        yield partial(_as_all, kind, read)
        yield partial(Sent, f"{kind} as a name", f"{short}=1".encode())
        yield partial(Sent, f"{kind} in the address", usual, piece=short)
        queries = "&".join(f"{n}={short}" for n in QUERIES)
        yield partial(Sent, f"{kind} in the query", usual, query=queries)
        yield partial(Sent, f"{kind} as the body", value)
        yield partial(_in_json, kind, read)
        yield partial(Sent, f"{kind} in a cookie", usual, headers={"cookie": cookies(value)})
    for content_type in TYPES:
        for body in (usual, usual.decode().encode("utf-16"), b"", _parts(HEADS[0], names)):
            yield partial(Sent, f"as {content_type[:60]!r}", body, content_type)
    for head in HEADS:
        for end in ENDS:
            body = _parts(head, names) + end
            yield partial(Sent, f"{head[:70]!r}, {len(end)}", body, MULTIPART)
    for name in names:
        body = usual + f"&{name}=a&{name}=%00&{name}=".encode()
        yield partial(Sent, f"a list as {name}", body)
    yield partial(Sent, "many fields", b"&".join(b"a%d=1" % number for number in range(3_000)))
    yield partial(Sent, "many of one", b"&".join(f"{names[0]}=1".encode() for _ in range(900)))


def _as_field(kind: str, name: str, typed: dict[str, object]) -> Sent:
    rest = urlencode({k: v for k, v in typed.items() if k != name}, doseq=True)
    return Sent(f"{kind} as {name}", f"{rest}&{name}={QUOTED[kind]}".encode())


def _as_all(kind: str, read: list[str]) -> Sent:
    return Sent(f"{kind} as all", "&".join(f"{name}={QUOTED[kind]}" for name in read).encode())


def _in_json(kind: str, read: list[str]) -> Sent:
    said = json.dumps(dict.fromkeys(read, VALUES[kind].decode("latin-1"))).encode()
    return Sent(f"{kind} in JSON", said, "application/json")


QUERIES = ("back", "next", "undo", "name", "page", "size", "crop", "more", "anyway")


def cookies(value: bytes) -> str:
    """Every cookie of ours, with this in it."""
    said = value.decode("latin-1")[:2_000].translate(dict.fromkeys(range(32)))
    return "; ".join(f"{name}={said}" for name in ("messages", "looks", "reading", "known"))


def _parts(head: bytes, names: list[str]) -> bytes:
    return b"".join(
        b"--" + BOUNDARY.encode() + b"\r\nContent-Disposition: "
        + head.replace(b"%s", name.encode()).replace(b"%%", b"%")
        + b"\r\n\r\nTea\xff\x00\r\n"
        for name in names
    )  # fmt: skip
