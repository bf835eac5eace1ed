"""Words that hurt are found in every form, and kind sentences are left alone."""

import re

import pytest

from profiles.language.hints import each_once, hints
from profiles.language.load import load
from profiles.language.phrases import LONGEST, TextWords
from tests.language.sentences import AS_WRITTEN, FLAGGED, KIND


def sentences(block: str) -> list[str]:
    return [each.strip() for line in block.strip().splitlines() for each in line.split(" | ")]


def found(text: str) -> list[str]:
    return [hint.words for hint in hints(text)]


def test_words_that_hurt_are_found():
    missed = {
        marked: words
        for marked in sentences(FLAGGED)
        if (words := found(re.sub(r"[\[\]]", "", marked))) != re.findall(r"\[(.*?)\]", marked)
    }
    assert missed == {}


def test_a_kind_sentence_is_left_alone():
    assert {sentence: words for sentence in sentences(KIND) if (words := found(sentence))} == {}


def test_of_what_people_really_write_little_is_missed_and_little_is_wrong(capsys):
    right = wrong = missed = 0
    marked = sentences(AS_WRITTEN)
    for sentence in marked:
        said, meant = found(re.sub(r"[\[\]]", "", sentence)), re.findall(r"\[(.*?)\]", sentence)
        right += len(set(said) & set(meant))
        wrong += len(set(said) - set(meant))
        missed += len(set(meant) - set(said))
        if set(said) != set(meant):
            print(f"{sentence}: {said}")
    precision, recall = right / (right + wrong), right / (right + missed)
    with capsys.disabled():
        print(f" {len(marked)} sentences: precision {precision:.2f}, recall {recall:.2f} ", end="")
    assert len(marked) >= 150
    assert precision >= 0.97 and recall >= 0.97


def test_every_form_of_every_hint_is_found_by_itself():
    for entry in load():
        for words in entry.words:
            text = words.replace("*", "her").replace("#", "7")
            assert found(text) or any(text.startswith(fine) for fine in entry.unless), words


def test_a_hint_says_where_the_words_stand_as_they_were_written():
    text = "Jo is kind.\nShe is a Service\n  User here."
    (hint,) = hints(text)
    assert (hint.line, hint.column) == (2, 10)
    assert text[hint.start : hint.end] == "Service\n  User"
    assert hint.words == "Service User"


def test_a_hint_says_why_and_what_to_say_instead():
    (hint,) = hints("A client rang.")
    assert hint.sentence == (
        "“client”: It turns a relationship into a transaction, and people say it irritates them. "
        "Perhaps: the person’s name."
    )


@pytest.mark.parametrize(
    "text",
    [
        "wheelchair bound", "wheelchair-bound", "Wheelchair-Bound", "WHEELCHAIR BOUND",
        "wheelchair\nbound", "wheelchair-\nbound", "wheelchair\u00a0bound", "wheelchair\u2011bound",
        "wheel\u00adchair bound", "“wheelchair bound”", "(wheelchair bound)", "*wheelchair bound*",
        "_wheelchair bound_", "wheelchair bound’s",
    ],
    ids=ascii,
)  # fmt: skip
def test_a_phrase_is_found_however_it_is_set(text):
    assert len(hints(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "wheelchair, bound", "wheelchair. Bound", "wheelchair – bound", "wheelchair/bound",
        "suitcase", "clientele", "écase", "caseé", "case\u0301d", "client2", "nutcase", "",
        "   ", "su", "dna", "ld", "oap", "Ld", "Su",
    ],
    ids=ascii,
)  # fmt: skip
def test_words_are_whole_and_phrases_unbroken(text):
    assert hints(text) == []


def test_an_apostrophe_may_be_straight_or_curly():
    assert found("She DNA'd. She DNA’d. She can’t communicate. She can't communicate.") == [
        "DNA'd", "DNA’d", "can’t communicate", "can't communicate",
    ]  # fmt: skip


def test_what_belongs_to_somebody_is_found_without_its_ending():
    assert found("The client’s room, the clients' rooms, the service user's tea.") == [
        "client", "clients", "service user",
    ]  # fmt: skip


def test_letters_stand_for_words_in_capitals_only():
    assert found("The SU has LD. Su did a DNA test for the OAP.") == ["SU", "LD", "OAP"]


def test_the_longest_phrase_speaks_for_the_shorter_ones_in_it():
    assert found("Her care package and her package.") == ["care package", "package"]


def test_what_is_fine_once_is_not_fine_again():
    assert found("Just in case the case is closed.") == ["case"]


def test_one_hints_exception_is_not_anothers():
    assert found("In case the client rings.") == ["client"]


def test_a_name_is_a_name_only_beside_another_capital():
    assert found("The unit is Oak Unit. UNIT RULES. Unit") == ["unit", "Unit"]


def test_other_letters_and_hostile_text_break_nothing():
    for text in [
        "السلام عليكم client",
        "谢谢 client",
        "🙂 client 👩‍👩‍👧",
        "\x00client",
        "İİ client",
    ]:
        assert found(text) == ["client"]
    assert hints("'" * 4000) == hints("a-" * 2000) == hints("\u0301" * 4000) == []


def test_a_language_that_we_have_no_words_of_gets_none():
    assert hints("client", "cy") == []


def test_to_people_the_same_words_are_shown_once():
    shown = each_once(hints("The client. A Client. A case. The clients."))
    assert [hint.words for hint in shown] == ["client", "case", "clients"]


def test_a_word_that_begins_no_phrase_is_passed_over_at_once(monkeypatch):
    walked = []
    monkeypatch.setattr(TextWords, "forms", lambda words, at: walked.append(at) or ())
    assert found("a row of plain words, and a 7 " * 100) == []
    assert walked == []


def test_a_word_of_very_many_accents_is_not_put_in_order_which_would_take_minutes():
    few, many = ("a" + "\u0301\u0323" * number for number in (1, LONGEST))
    assert TextWords(f"{few} {many}").written == ["\u1ea1\u0301", many]
