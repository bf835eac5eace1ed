"""What we make of FHIR, looked at by a validator that we did not write."""

from tests.clinics.receivers import found_wrong


def test_the_validator_finds_what_is_wrong() -> None:
    sound = {"resourceType": "Patient", "birthDate": "1956-03-04", "gender": "female"}
    of_the_sound, a_date, a_member, a_rule = found_wrong(
        [
            sound,
            sound | {"birthDate": "4 March"},
            sound | {"my_cup": "blue"},
            {"resourceType": "Bundle", "type": "document", "timestamp": "2026-11-29T20:00:00Z"},
        ]
    )
    assert of_the_sound == []
    assert a_date == ["error: Invalid date format (Patient.birthDate)"]
    assert a_member == ['error: Invalid additional property "my_cup" (Patient.my_cup)']
    [bdl_9] = a_rule
    assert bdl_9.startswith("error: Constraint bdl-9 not met: A document must have an identifier")
