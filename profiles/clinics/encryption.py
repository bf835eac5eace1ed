"""How what a computer takes is encrypted: as SMART Health Links say, and no other way.

We hold the key ourselves, beside the words. So this keeps a page from whatever stands between a
computer and us, and never from us.
"""

import base64
import json
from collections.abc import Mapping
from typing import Any, Final

from joserfc import jwe
from joserfc.jwk import OctKey

FHIR_JSON: Final = "application/fhir+json"  # without a parameter, which some readers refuse
JOSE: Final = "application/jose"
# Never "zip": not all readers know it, and some of those that do take only little.
PROTECTED: Final = {"alg": "dir", "enc": "A256GCM", "cty": FHIR_JSON}
ALLOWED: Final = (PROTECTED["alg"], PROTECTED["enc"])


def encrypted(resource: Mapping[str, Any], *, content_key: str) -> str:
    """A FHIR resource as a compact JWE, under the 256 bits that 43 letters say.

    One key is for all that goes through a link, so the library draws a fresh IV each time.
    """
    plain = json.dumps(resource, ensure_ascii=False, separators=(",", ":")).encode()
    return jwe.encrypt_compact({**PROTECTED}, plain, _key(content_key), algorithms=ALLOWED)


def _key(content_key: str) -> OctKey:
    return OctKey.import_key(base64.urlsafe_b64decode(content_key + "="))
