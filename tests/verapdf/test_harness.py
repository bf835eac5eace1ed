"""The PDF/UA check itself: it passes what is right, and it can fail."""

from pathlib import Path

import pytest
from weasyprint import HTML

from tests import verapdf

PICTURE = (
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>"
    "<rect width='9' height='9'/></svg>"
)


def make_pdf(body: str = "<p>Tea first.</p>", variant: str | None = "pdf/ua-1") -> bytes:
    page = f"<html lang=en><title>Jo's page</title><h1>Jo</h1>{body}</html>"
    return HTML(string=page).write_pdf(pdf_variant=variant)


def broken_rules(report: verapdf.Report) -> set[str]:
    return {f"{failure.clause}-{failure.test}" for failure in report.failures}


def test_a_tagged_page_passes():
    [report] = verapdf.validate(make_pdf())
    assert report.passed, report
    assert report.checks > 50
    assert report.failures == ()


def test_a_page_without_tags_fails():
    [report] = verapdf.validate(make_pdf(variant=None))
    assert not report.passed
    assert {"7.1-11", "6.2-1"} <= broken_rules(report)


def test_a_picture_without_a_description_fails():
    picture = f'<img src="{PICTURE}">'
    described = f'<img src="{PICTURE}" alt="A black square">'
    without, with_words = verapdf.validate(make_pdf(picture), make_pdf(described))
    assert broken_rules(without) == {"7.3-1"}
    assert without.failures[0].count == 1
    assert "7.3-1" in str(without)
    assert with_words.passed, with_words


def test_what_is_no_pdf_fails_and_the_next_file_is_still_answered():
    rubbish, fine = verapdf.validate(b"not a PDF", make_pdf())
    assert not rubbish.passed
    assert "could not read it" in str(rubbish)
    assert fine.passed


def test_a_report_without_checks_is_no_pass():
    assert not verapdf.validate(b"")[0].passed


def test_missing_jars_are_named_with_what_to_install(tmp_path: Path):
    with pytest.raises(verapdf.CannotValidate, match="apt install libjaxb-java"):
        verapdf._class_path(debian=tmp_path)


def test_missing_java_is_said_with_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(verapdf.CannotValidate, match="apt install openjdk"):
        verapdf._program()


def test_a_validator_that_stopped_is_said_and_started_again():
    verapdf.validate(make_pdf())
    java, _ = verapdf._java()
    java.kill()
    java.wait()
    with pytest.raises(verapdf.CannotValidate, match="stopped"):
        verapdf.validate(make_pdf())
    assert verapdf.validate(make_pdf())[0].passed
