"""Whatever somebody chooses gets an answer, and what can be chosen can be brought."""

import json

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from profiles.exports.archive import EVERYTHING
from profiles.imports.forms import FileForm
from profiles.topics.load import load
from tests.drawn import times
from tests.imports.bring.files import CHOOSE, carried, portable, upload, zipped

ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["\ud800", "\0", "\u202e", "x-private", "2615", "drinks", "me", "en", "cy"]),
    st.just("é").map(lambda letter: letter * 4_001),
)


MEMBERS = st.sampled_from(
    "format language person answers photo helped_by updated_on name text call_me topic picture "
    "said_by data media_type alt role mood".split()
)


ANY_JSON = st.recursive(
    ODD, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(MEMBERS, inner, max_size=5)
)


TOPICS = st.sampled_from([*load().by_key, "x"])


ODD_ANSWERS = st.lists(
    st.fixed_dictionaries(
        {"topic": TOPICS, "text": ODD}, optional={"picture": ODD, "said_by": ODD, "language": ODD}
    ),
    max_size=5,
)


NEARLY = st.fixed_dictionaries(
    {"format": st.just("tell-it-once/1"), "answers": ODD_ANSWERS},
    optional={"person": ANY_JSON, "photo": ANY_JSON, "helped_by": ANY_JSON, "language": ODD},
)


JSON_BYTES = st.one_of(ANY_JSON, NEARLY).map(lambda data: json.dumps(data).encode())


NAMES = st.sampled_from([EVERYTHING, f"../{EVERYTHING}", f"/etc/{EVERYTHING}", "a/b"])


ZIPS = st.dictionaries(NAMES, JSON_BYTES, max_size=3).map(lambda files: zipped(*files.items()))


BROKEN = st.tuples(ZIPS, st.integers(0, 200), st.binary(min_size=1, max_size=4)).map(
    lambda it: it[0][: it[1]] + it[2] + it[0][it[1] + len(it[2]) :]
)


@settings(max_examples=times(60))
@given(drawn=st.data())
def test_whatever_somebody_chooses_gets_an_answer(drawn: st.DataObject):
    data = drawn.draw(st.one_of(JSON_BYTES, ZIPS, BROKEN, st.binary(max_size=200)))
    form = FileForm({}, {"file": SimpleUploadedFile("file", data)})
    if not form.is_valid():
        [sentence] = form.errors["file"]
        assert sentence.encode() and len(sentence) < 400


@settings(max_examples=times(10), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.data())
def test_whatever_can_be_chosen_can_be_brought(drawn: st.DataObject, visitor: Client):
    said = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
    answers = st.lists(
        st.fixed_dictionaries(
            {"topic": st.sampled_from([*load().by_key]), "text": said},
            optional={"picture": said.map(lambda text: text[:40]), "said_by": said},
        ),
        unique_by=lambda each: each["topic"],
        min_size=1,
    )
    shown = upload(visitor, portable(*drawn.draw(answers)))
    if shown.status_code == 422:
        assert "There are no words in that file" in shown.content.decode()
        return
    sent = {name: value for name, value in carried(shown).items() if value is not None}
    chosen = {name.replace("from-", "words-"): "file" for name in sent if "from-" in name}
    answered = visitor.post(CHOOSE, sent | chosen | {"only_me": "no"})
    assert answered.status_code == 302 or not chosen
