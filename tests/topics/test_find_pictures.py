"""What people type when they look for a picture, and what they find."""

import pytest

from profiles.topics.find_pictures import MOST_FOUND, find_pictures
from profiles.topics.pictures import pictures
from tests.drawn import NIGHTLY


def found(typed: str) -> list[str]:
    return [each.name for each in find_pictures(typed).pictures]


HITS = {
    # as we say it
    "hearing aid": "hearing-aid", "toilet": "toilet", "dog": "dog", "tea": "drinks",
    "wheelchair": "wheelchair", "seizures": "brain", "pills": "pills", "GP": "hospital",
    # plurals and endings, either way
    "dogs": "dog", "glass": "glasses", "allergies": "allergy", "toothbrushes": "teeth",
    "swim": "swimming", "brushes": "teeth", "shave": "hair", "shaving": "hair",
    "walking sticks": "cane", "churches": "church", "buses": "bus", "knocks": "door",
    # slips
    "weelchair": "wheelchair", "tolet": "toilet", "hosptial": "hospital", "medecine": "medicine",
    "alergy": "allergy", "teath": "teeth", "crutchs": "crutch", "coffe": "drinks",
    "injecton": "injection", "televison": "television", "synagog": "synagogue",
    "hearingaid": "hearing-aid",
    # as it sounds
    "fone": "who-to-ring", "dokter": "doctor", "injecshun": "injection", "nife": "food",
    "kof": "", "rist band": "wristband",
    # capitals, accents, signs, and words around it
    "WHEELCHAIR": "wheelchair", "café coffee": "drinks", "my dog!": "dog",
    "a cup of tea, please": "drinks", "I can't see": "seeing", "wheel-chair": "wheelchair",
    "tooth brush": "teeth", "wash my hands": "washing-hands", "pain in my back": "back-pain",
    "where I live": "home", "blood sugar": "blood-sugar", "mum and dad": "family",
    # half of it
    "wheel": "wheelchair", "inh": "inhaler", "swimm": "swimming",
}  # fmt: skip


@pytest.mark.parametrize("typed, name", HITS.items(), ids=HITS)
def test_it_is_found(typed: str, name: str):
    if name:
        assert name in found(typed)[:6]
    else:
        assert found(typed) == []


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "?!", "zzzz", "qqqqqq", "xylophone", "submarine", "volcano", "q", "zx", "🐢",
     "日本", "\x00", "<script>", "999999", "ø" * 60, "z " * 4000],
)  # fmt: skip
def test_what_we_do_not_have_is_not_found(typed: str):
    assert found(typed) == []


def test_what_has_all_the_words_comes_alone():
    assert found("hot drink") == ["drinks"]
    assert {"dog", "cat"} <= set(found("dog or cat"))


def test_what_is_called_so_comes_first():
    assert found("bath")[0] == "bath"
    assert found("sleep")[0] == "sleep"


def test_a_word_that_is_only_like_one_of_ours_is_told_as_such():
    assert find_pictures("teath").only_like
    assert not find_pictures("teeth").only_like
    assert not find_pictures("zzzz").only_like


def test_a_short_word_is_not_taken_for_another():
    assert "cat" not in found("cot")
    assert "dog" not in found("dig")


def test_each_is_found_by_its_label_and_by_each_of_its_words():
    for at, each in enumerate(pictures().values()):
        assert each.name in found(each.label), each.label
        some = slice(None) if NIGHTLY else slice(at % 3, None, 3)  # every third word by day
        for word in each.words[some]:
            assert each.name in [f.name for f in find_pictures(word).pictures], (each.name, word)


def test_never_more_than_can_be_looked_through():
    assert all(len(found(word)) <= MOST_FOUND for word in ("hand", "eye", "wash", "walk", "s"))
