"""The page as the computers of hospitals and clinics read it: FHIR R4, from a Sheet alone."""
