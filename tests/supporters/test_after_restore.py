"""After a restore, somebody who helps may do no more than they might in either time."""

import pytest

from profiles.supporters.after_restore import narrow
from profiles.supporters.models import Supporter

pytestmark = pytest.mark.django_db
May = Supporter.May
AS_IT_WAS = {"ended": False, "given": True, "kept_topics": [], "names": False}


@pytest.mark.parametrize(
    "in_backup, last_line, after",
    [(May.WRITE, "see", May.SEE), (May.SEE, "write", May.SEE), (May.SUGGEST, "suggest", "suggest")],
)
def test_the_lesser_of_the_two_counts(anas_sister, in_backup, last_line, after):
    Supporter.objects.update(may=in_backup)
    narrow(ref=anas_sister.ref, says=AS_IT_WAS | {"may": last_line})
    anas_sister.refresh_from_db()
    assert anas_sister.may == after
