"""Whatever holds exactly one whole key leads to its doorstep, and nothing else does."""

from base64 import b64encode, urlsafe_b64encode
from urllib.parse import quote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from profiles.core.codes import new_key
from profiles.core.pasted_links import is_key, key_in_address, key_in_words

KEY = "aB3_-dE5fG7hI9jK1lM2nQ"
OTHER = "zY8xW7vU6tS5rQ4pO3nM2g"
LINK = f"https://tellitonce.example/s/{KEY}/"
CODED = LINK.replace(":", "%3A").replace("/", "%2F")
PROOFPOINT = f"https-3A__tellitonce.example_s_{KEY.replace('-', '-2D').replace('_', '-5F')}_"

SCANNED = "https://scan.example/v1?u={}&i=NWU1&h=0123456789abcdefABCDE0"


def hidden(words: str) -> str:
    """These words as some scanners hide an address."""
    return urlsafe_b64encode(words.encode()).decode()


LINKS = [
    LINK,
    LINK.rstrip("/"),
    f"{LINK}.",
    f"{LINK.rstrip('/')}.",
    f"{LINK.rstrip('/')},",
    f"({LINK})",
    f"<{LINK}>",
    f"[Ana’s page]({LINK.rstrip('/')})",
    f"“{LINK}”",
    f"_{LINK.rstrip('/')}_",
    f"**{LINK.rstrip('/')}**",
    f"{LINK.rstrip('/')}_-",
    f" \u200b{LINK}\u00a0",
    f"{LINK}?fbclid=1wAbCdEfGhIjKlMnOpQrStU",
    f"{LINK.rstrip('/')}?fbclid=1",
    f"{LINK.rstrip('/')}&utm_source=x",
    f"{LINK}#page",
    f"{LINK}page/",
    f"{LINK}page.pdf",
    f"tellitonce.example/s/{KEY}",
    f"/s/{KEY}",
    f"https://tellitonce.example/S//{KEY}/",
    f"Here it is: {LINK} See you soon.",
    f"Here it is:{LINK.rstrip('/')} and again: {LINK}",
    LINK.replace(KEY, f"{KEY[:9]}\n{KEY[9:]}"),
    LINK.replace(KEY, f"{KEY[:9]} {KEY[9:]}"),
    LINK.replace(KEY, f"{KEY[:9]}=\r\n{KEY[9:]}"),
    LINK.replace(KEY, f"{KEY[:9]}\n> {KEY[9:]}"),
    LINK.replace("/s/", "/\ns/"),
    LINK.replace(KEY, f"{KEY[:9]}\u200b{KEY[9:]}"),
    CODED,
    LINK.replace(KEY, KEY.replace("_", "%5F").replace("-", "%2d")),
    f"https://eur01.safelinks.protection.outlook.com/?url={CODED}&data=05%7C01%7Cx&reserved=0",
    f"https://eur01.safelinks.protection.outlook.com/?url={CODED}&amp;data=05%7C01%7Cx",
    f"https://www.google.com/url?q={LINK}&sa=D",
    f"https://l.facebook.com/l.php?u={CODED}%3Ffbclid%3DIwAbc&h=AT0",
    f"https://l.facebook.com/l.php?u={CODED.replace('%', '%25')}&h=AT0",
    f"https://urldefense.com/v3/__{LINK}__;!!Nx3!abc$",
    f"https://urldefense.com/v3/__{LINK.rstrip('/')}__;!!Nx3!abc$",
    f"https://urldefense.proofpoint.com/v2/url?u={PROOFPOINT}&d=DwMF&c=euGZ",
    f"https://linkprotect.cudasvc.com/url?a={CODED}&c=E,1,abc&typo=1",
    *(
        SCANNED.format(hidden(link + tail).rstrip(padding))
        for link in (LINK, LINK.rstrip("/"), CODED)
        for tail in ("", "?", "#a", "?a=\u00fc\u00df")
        for padding in ("", "=")
    ),
    SCANNED.format(hidden(LINK).replace("=", "%3D")),
    SCANNED.format(b64encode(f"{LINK}?>?>~~~".encode()).decode()),
    SCANNED.format(quote(b64encode(f"{LINK}?>?>~~~".encode()), safe="")),
    SCANNED.format(quote(quote(hidden(LINK)))),
    SCANNED.replace("0123456789abcdefABCDE0", OTHER).format(hidden(LINK)),
    SCANNED.format(f"a1{hidden(LINK)}"),  # some put a mark before it
    SCANNED.format(hidden(SCANNED.format(hidden(LINK)))),
    f"https://scan.example/{hidden(LINK.rstrip('/')).rstrip('=')}/more/0123",
    f"https://eur01.safelinks.example/?url={quote(SCANNED.format(hidden(LINK)), safe='')}",
    SCANNED.format(f"{hidden(LINK)[:30]}\n{hidden(LINK)[30:]}"),
    SCANNED.format(f"{hidden(LINK)[:30]}=\r\n> {hidden(LINK)[30:]}"),
    f"{SCANNED.format(hidden(LINK))} and again: {SCANNED.format(hidden(LINK + '?a=1'))}",
    KEY,
    f" {KEY}. ",
    f"key: {KEY}",
    f"“{KEY}”",
]


@pytest.mark.parametrize("pasted", LINKS)
def test_what_holds_one_whole_key_leads_to_it(pasted):
    assert key_in_words(pasted, place="/s/") == KEY


@pytest.mark.parametrize(
    "pasted",
    [
        "",
        "7KQ3-M9XT",
        f"{LINK} {LINK.replace(KEY, OTHER)}",
        f"{KEY} {OTHER}",
        f"/s/{KEY[:-1]}/",
        f"/s/{KEY}A/",
        f"/s/A{KEY}/",
        f"/s/{KEY[:-1]}B/",  # no key ends so: a letter of it was changed
        f"https://tellitonce.example/helping/invite/{KEY}/",
        f"https://tellitonce.example/me/sharing/{KEY}/",
        "https://tellitonce.example/s/",
        "x" * 4_000,
        "%25" * 1_300,
        SCANNED.format(hidden(LINK) + "&v=" + hidden(LINK.replace(KEY, OTHER))),
        SCANNED.format(hidden(f"{LINK} {LINK.replace(KEY, OTHER)}")),
        SCANNED.format(hidden(f"https://tellitonce.example/s/{KEY[:-1]}")),
        SCANNED.format(hidden(f"https://tellitonce.example/s/{KEY}A/")),
        SCANNED.format(hidden(f"https://tellitonce.example/helping/invite/{KEY}/")),
        SCANNED.format(hidden(f"https://tellitonce.example/?key={KEY}")),
        SCANNED.format(hidden(KEY)),  # a key alone is not hidden by anybody
        SCANNED.format(hidden(f"key: {KEY}")),
        "aHR0c" * 800,
        "aHR0c=" * 660,
    ],
)
def test_nothing_else_leads_anywhere(pasted):
    assert key_in_words(pasted, place="/s/") == ""


@pytest.mark.parametrize(
    "rest",
    [
        KEY, f"{KEY}.", f"{KEY}./", f"{KEY})", f"<{KEY}>", f"{KEY} ", f"{KEY}?fbclid=1", f"/{KEY}/",
        f"{KEY}/page", f"{KEY}%20", f"{KEY[:5]} {KEY[5:]}", f"{KEY}_", f"{KEY}\u201d", f"{KEY}を",
    ],
)  # fmt: skip
def test_an_address_with_one_whole_key_leads_to_it(rest):
    assert key_in_address(rest) == KEY


@pytest.mark.parametrize(
    "rest",
    ["", "never", f"{KEY}/{OTHER}", f"{KEY}A", f"A{KEY}", "a" * 500, hidden(LINK), hidden(KEY)],
)
def test_any_other_address_leads_nowhere(rest):
    assert key_in_address(rest) == ""


def test_every_key_we_make_is_found():
    for key in (new_key() for _ in range(1_000)):
        assert is_key(key)
        assert key_in_address(f"{key}.") == key_in_words(f"x/s/{key}_", place="/s/") == key


def test_only_what_is_a_key_alone_is_one():
    assert not any(is_key(each) for each in ["", f"{KEY}.", f"{KEY}\n", KEY[1:], f"{KEY}A"])


@given(st.binary(min_size=17), st.sampled_from(["", "aHR0c", "aHR0cHM6Ly90"]))
def test_random_base64_leads_nowhere(noise, before):
    coded = before + urlsafe_b64encode(noise).decode()
    assume(len(coded.rstrip("=-_")) > len(KEY))  # else it may be a key, and alone
    for words in (coded, coded.rstrip("="), SCANNED.format(coded), f"{coded} {coded}"):
        assert key_in_words(words[:4_000], place="/s/") == ""
