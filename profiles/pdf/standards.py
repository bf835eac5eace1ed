"""Writes what is laid out as a PDF that keeps a standard, so that it can be read aloud. Pure."""

from typing import Any, Final

from profiles.core.pdf_standards import UA_2
from profiles.pdf import tags

# What a file says of itself that is Well-Tagged PDF: to be read aloud, and to be used again.
DECLARED: Final = b"".join(
    (
        b'<rdf:Description rdf:about="" xmlns:pdfd="http://pdfa.org/declarations/">',
        b"<pdfd:declarations><rdf:Bag>",
        *(
            b'<rdf:li rdf:parseType="Resource"><pdfd:conformsTo>'
            b"http://pdfa.org/declarations/wtpdf#" + what + b"1.0"
            b"</pdfd:conformsTo></rdf:li>"
            for what in (b"accessibility", b"reuse")
        ),
        b"</rdf:Bag></pdfd:declarations></rdf:Description>",
    )
)
END: Final = b"</rdf:RDF>"


def write(document: Any, standard: str, *, root: Any = None) -> bytes:
    """What is laid out, as a tagged PDF by this standard; given its root, its tags are mended."""
    if standard == UA_2:
        # Bookmarks and named places lead to spots on the paper: there they have to lead to tags.
        for page in document.pages:
            page.bookmarks, page.anchors = [], {}

    def finish(done: Any, pdf: Any) -> None:
        if root is not None:
            tags.mend(done, pdf, root)
        if standard == UA_2:
            _declare(pdf)

    pdf: bytes = document.write_pdf(pdf_variant=f"pdf/{standard}", finisher=finish)
    return pdf


def _declare(pdf: Any) -> None:
    """Say in the metadata that it is Well-Tagged PDF; ValueError if there is no place for it."""
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    before, end, after = metadata.stream[0].rpartition(END)
    if not end:
        raise ValueError("The metadata has no end.")
    metadata.stream[0] = before + DECLARED + end + after
