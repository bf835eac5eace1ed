"""Every table, gathered from the rooms, so that Django finds them."""

from profiles.access.models import Look
from profiles.accounts.models import DataKey, Session, User
from profiles.answers.models import Answer, Coached, Draft, Edition, Raised
from profiles.core.models import FieldKey, GoneFieldKey, JournalMark, KeyHolder, Run, ToJournal
from profiles.door.models import Paper
from profiles.exports.models import KeptArchive
from profiles.notices.models import Notice
from profiles.pages.models import Profile, Tombstone
from profiles.photos.models import AnswerPhoto, Photo
from profiles.reading.models import Introduction, WrongGuess
from profiles.review.models import Checked, Reminder, Review
from profiles.sharing.clinic import ClinicLink
from profiles.sharing.models import Ask, AskCode, ConsentEvent, Share
from profiles.supporters.models import Decision, Handing, Suggestion, Supporter
from profiles.workers.models import HelloCard, Promise, PromiseEvent, PromiseMaker

__all__ = [
    "Answer", "AnswerPhoto", "Ask", "AskCode", "Checked", "ClinicLink", "Coached", "ConsentEvent",
    "DataKey", "Decision", "Draft", "Edition", "FieldKey", "GoneFieldKey", "Handing", "HelloCard",
    "Introduction", "JournalMark", "KeptArchive", "KeyHolder", "Look", "Notice", "Paper", "Photo",
    "Profile", "Promise", "PromiseEvent", "PromiseMaker", "Raised", "Reminder", "Review", "Run",
    "Session", "Share", "Suggestion", "Supporter", "ToJournal", "Tombstone", "User", "WrongGuess",
]  # fmt: skip
