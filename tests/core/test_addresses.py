"""When two email addresses are the same, and which of them can be written to."""

import pytest
from django import forms

from profiles.core.addresses import settled
from profiles.core.form_fields import EmailAddress
from profiles.sharing.models import digest_of_address

SAM = "sam@example.org"
PUNY = "sam@xn--bcher-kva.example"


@pytest.mark.parametrize(
    "written, same",
    [
        ("Sam@Example.ORG", SAM),
        (" sam@example.org\n", SAM),
        ("\u200bsam@example.org\u200f\u00a0", SAM),
        ("SAM+work@example.org", "sam+work@example.org"),
        ("sam@bücher.example", PUNY),
        ("sam@BÜCHER.example", PUNY),
        ("sam@BU\u0308CHER.Example", PUNY),
        ("sam@XN--BCHER-KVA.example", PUNY),
        ("İ@example.org", "İ@example.org"),
        ("no address", "no address"),
        ("", ""),
    ],
)
def test_an_address_is_written_in_one_way(written, same):
    assert settled(written) == settled(settled(written)) == same
    assert digest_of_address(written) == digest_of_address(same)


@pytest.mark.parametrize(
    "one, other",
    [
        ("ſam@example.org", SAM),
        ("\u212ait@example.org", "kit@example.org"),
        ("\uff4bit@example.org", "kit@example.org"),
        ("ırma@example.org", "irma@example.org"),
        ("İrma@example.org", "irma@example.org"),
        ("straße@example.org", "strasse@example.org"),
        ("ana@straße.example", "ana@strasse.example"),
        ("ana@ſhop.example", "ana@shop.example"),
        ("ana@ex\u00adample.example", "ana@example.example"),
        ("ana@\uff45xample.org", "ana@example.org"),
        ("ana@ırma.example", "ana@irma.example"),
        ("jo.bright@example.org", "jobright@example.org"),
    ],
)
def test_no_other_letters_are_taken_for_one_another(one, other):
    assert settled(one) != settled(other)
    assert digest_of_address(one) != digest_of_address(other)


@pytest.mark.parametrize("typed", ["Sam@Example.org", "\u200b sam@example.org\u200b"])
def test_a_form_gives_the_address_as_it_is_kept(typed):
    assert EmailAddress().clean(typed) == SAM


@pytest.mark.parametrize(
    "typed", ["ſam@example.org", "\u212ait@example.org", "İ@example.org", "ana@straße.example",
              "josé@example.org", "\ud800@example.org"]
)  # fmt: skip
def test_a_form_refuses_what_could_be_taken_for_somebody_elses(typed):
    with pytest.raises(forms.ValidationError, match="a letter in that address that we cannot"):
        EmailAddress().clean(typed)


def test_an_address_with_a_name_in_other_letters_after_the_at_is_taken():
    assert EmailAddress().clean("Sam@BÜCHER.example") == PUNY
