"""What FHIR calls things: the code systems, and the codes of them that we use."""

from typing import Any, Final

LOINC: Final = "http://loinc.org"
SNOMED: Final = "http://snomed.info/sct"

Coded = dict[str, Any]


def coding(system: str, code: str, display: str = "") -> Coded:
    """A code, with the words that its own list has for it."""
    return {"system": system, "code": code, **({"display": display} if display else {})}


def concept(*codings: Coded, text: str = "") -> Coded:
    """A thing by its codes, by words, or both."""
    return {
        **({"coding": list(codings)} if codings else {}),
        **({"text": text} if text else {}),
    }


# What a document is, and what it tells.
PATIENT_NOTE: Final = coding(LOINC, "51855-5", "Patient Note")
STORY: Final = coding(
    LOINC, "81338-6", "Patient Goals, preferences, and priorities for care experience"
)
PATIENT_SHARED: Final = coding(
    "https://cms.gov/fhir/CodeSystem/patient-shared-category", "patient-shared", "Patient-Shared"
)

# By whom it was told.
_ASSERTED: Final = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue"
BY_PERSON: Final = coding(_ASSERTED, "PATAST", "patient asserted")
BY_SOMEBODY: Final = coding(_ASSERTED, "PACQAST", "patient acquaintance asserted")

# How far an NHS number was looked up. One that was typed was not: nobody has traced it.
NHS_NUMBER: Final = "https://fhir.nhs.uk/Id/nhs-number"
VERIFICATION: Final = (
    "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus"
)
NOT_TRACED: Final = coding(
    "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland",
    "02",
    "Number present but not traced",
)
