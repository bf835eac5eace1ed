"""A pack of pictures in a folder of the test's, as a site may have one of its own."""

from pathlib import Path

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">'
    '<circle cx="24" cy="24" r="20" fill="#2a6f6a"/></svg>'
)
OURS = """
title = "Our signs"
licence = "made by us, for everybody"
[[groups]]
title.en = "Food and drink"
pictures = [
  { code = "our-cup", name = "our-cup", label.en = "My own cup", words.en = ["cup", "beaker"] },
]
[[groups]]
title.en = "Here at Elm House"
pictures = [
  { code = "our-hall", name = "the-hall", file = "hall.svg", label.en = "The hall", words.en = ["hall"] },
]
"""  # noqa: E501


def write_pack(folder: Path, words: str = OURS, **files: str) -> Path:
    """A pack in this folder: two pictures, and whatever else is given."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pack.toml").write_text(words)
    drawings = {"our-cup.svg": DRAWING, "hall.svg": DRAWING.replace("circle", "rect", 1)}
    for name, text in (drawings | files).items():
        (folder / name).write_text(text)
    return folder
