"""`manage.py check` refuses a broken topic file."""

from django.core.checks import registry, run_checks

from profiles.topics.checks import broken_files, every_topic_file_is_whole
from tests.topics.content import copy_of_the_content, set_member


def test_our_own_files_are_whole():
    assert every_topic_file_is_whole(None) == []


def test_the_check_runs_with_all_the_others():
    assert every_topic_file_is_whole in registry.registry.get_checks()
    assert run_checks(tags=["topics"]) == []


def test_an_error_names_the_file_the_member_and_its_number(tmp_path):
    content = copy_of_the_content(tmp_path)
    set_member(content / "en/sleep.toml", "hint", None)
    (error,) = broken_files(content)
    assert str(error) == "en/sleep.toml: (topics.E003) hint: is missing"


def test_a_file_that_is_not_toml_is_an_error_and_no_crash(tmp_path):
    content = copy_of_the_content(tmp_path)
    (content / "en/sleep.toml").write_text("not = [toml", encoding="utf-8")
    (error,) = broken_files(content)
    assert error.id == "topics.E001"
    assert error.obj == "en/sleep.toml"


def test_every_language_there_is_gets_checked(tmp_path):
    content = copy_of_the_content(tmp_path)
    (content / "cy").mkdir()
    assert {error.msg for error in broken_files(content)} == {
        "title: has no 'cy'",
        "lead: has no 'cy'",
    }
