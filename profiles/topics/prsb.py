"""The seven sections of the PRSB About Me standard, version 2.01, with their SNOMED CT codes."""

from typing import Final

# From theprsb.org/standards/aboutme and the 2.01 model of the standard, March 2025.
SECTIONS: Final = {
    1: ("What is most important to me", "1515861000000103"),
    2: ("People who are important to me", "1515871000000105"),
    3: ("How I communicate and how to communicate with me", "1515881000000107"),
    4: ("My wellness", "1515891000000109"),
    5: ("Please do and please do not", "1515901000000105"),
    6: ("How and when to support me", "1515911000000107"),
    7: ("Also worth knowing about me", "1515921000000101"),
}
