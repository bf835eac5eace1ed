"""Who may open what: the whole of it, and the only place where it is written down.

tests/structure/test_permissions.py sends everybody to every address with every method, and fails
when one of them gets in who is not here, or is here and does not get in. `manage.py doors` prints
it.

Nobody's address names another person. /me/ is the page of whoever asks: its person's, its keeper's,
or that of a visitor who began one in this browser. So a row for /me/ says who has a page to open.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Who(StrEnum):
    """Everybody who may stand at a door."""

    OWNER = "owner"  # the person the page is about, signed in
    KEEPER = "keeper"  # keeps a page for somebody they help, signed in
    SEES = "supporter who sees"  # asked by the owner to help, signed in: may see the page
    SUGGESTS = "supporter who suggests"  # the same: may also suggest words
    WRITES = "supporter who writes with"  # the same: may also write side by side
    VISITOR = "visitor"  # began a page in this browser, without an account
    WORKER = "named worker"  # the account that a page is shared with by email
    READER = "link holder"  # has said who they are at the doorstep
    AT_THE_DOOR = "link holder before introduction"
    COMPUTER = "clinic’s computer"  # holds a link of each kind that computers take a page by
    ENDED = "ended link"  # said who they are while the link was open; it is not any more
    OTHER = "other account"
    NOBODY = "signed-out"


Those = AbstractSet[Who]
ALL: Final[Those] = frozenset(Who)
NONE: Final[Those] = frozenset()
SUPPORTERS: Final[Those] = frozenset({Who.SEES, Who.SUGGESTS, Who.WRITES})
ACCOUNTS: Final[Those] = SUPPORTERS | {Who.OWNER, Who.KEEPER, Who.WORKER, Who.OTHER}
SIGNED_OUT: Final[Those] = ALL - ACCOUNTS
WRITERS: Final[Those] = frozenset({Who.OWNER, Who.KEEPER, Who.VISITOR})
KEPT: Final[Those] = WRITERS - {Who.VISITOR}  # whose page an account keeps
SHARERS: Final[Those] = KEPT  # a page that its person has not taken over is shared by its keeper
ONLY_THEM: Final[Those] = frozenset({Who.OWNER})
ASKED: Final[Those] = frozenset({Who.OTHER})  # to whose address an invitation was sent
A_WORKER: Final[Those] = frozenset({Who.WORKER})
READERS: Final[Those] = frozenset({Who.READER, Who.WORKER})
COMPUTERS: Final[Those] = frozenset({Who.COMPUTER})
HOLDERS: Final[Those] = READERS | {Who.AT_THE_DOOR}


@dataclass(frozen=True, kw_only=True)
class Allow:
    """Who gets in by GET, and who by POST. What is in neither answers with 405."""

    get: Those | None = None  # None: the address has no such method
    post: Those | None = None
    note: str = ""

    @property
    def methods(self) -> Mapping[str, Those]:
        """The methods of this address, and who gets in by each. HEAD goes with GET."""
        known = {"GET": self.get, "POST": self.post}
        return {method: who for method, who in known.items() if who is not None}


PERMISSIONS: Final[Mapping[str, Allow]] = MappingProxyType(
    {
        # The pages that are nobody's.
        "house:home": Allow(get=ALL),
        "house:example": Allow(get=ALL),
        "house:example_pdf": Allow(get=ALL),
        "house:help": Allow(get=ALL),
        "house:help_clinic": Allow(get=ALL),
        "house:privacy": Allow(get=ALL),
        "house:accessibility": Allow(get=ALL),
        "house:appearance": Allow(get=ALL, post=ALL),
        "house:stop_mails": Allow(get=ALL, post=ALL, note="with the address from an email of ours"),
        "house:gallery": Allow(get=NONE, note="on a developer's machine only"),
        "house:up": Allow(get=ALL),
        "house:ready": Allow(get=ALL),
        "house:metrics": Allow(get=NONE, note="only for the addresses that METRICS_FROM names"),
        # Writing.
        "pages:start": Allow(get=ALL, post=ALL),
        "house:me": Allow(get=WRITERS),
        "moments:told": Allow(get=ONLY_THEM, post=ONLY_THEM),
        "moments:carer": Allow(get=SHARERS, post=SHARERS),
        "moments:hospital": Allow(get=WRITERS),
        "moments:ready": Allow(get=WRITERS, post=SHARERS),
        "moments:changed": Allow(get=WRITERS, post=WRITERS),
        "writing:part": Allow(get=WRITERS),
        "writing:write": Allow(get=WRITERS, post=WRITERS),
        "writing:more": Allow(get=WRITERS, note="when the words could be anyone’s"),
        "writing:photo": Allow(get=WRITERS, post=WRITERS),
        "writing:draft": Allow(post=WRITERS),
        "writing:throw_away": Allow(post=WRITERS),
        "writing:both": Allow(get=WRITERS, post=WRITERS, note="when two windows wrote"),
        "writing:line": Allow(post=WRITERS),
        "writing:earlier_words": Allow(get=WRITERS),
        "writing:bring_back": Allow(post=WRITERS),
        "writing:earlier": Allow(get=WRITERS),
        "writing:bring_back_edition": Allow(post=WRITERS),
        "door:style": Allow(get=WRITERS, post=WRITERS),
        "door:style_picture": Allow(get=WRITERS),
        "photos:photo": Allow(get=WRITERS, post=WRITERS),
        "photos:crop": Allow(get=WRITERS, post=WRITERS, note="when there is a photo"),
        "photos:file": Allow(get=WRITERS, note="when there is a photo"),
        "photos:remove": Allow(post=WRITERS),
        "pages:choose": Allow(get=WRITERS, post=WRITERS, note="among their own pages"),
        "review:review": Allow(get=WRITERS),
        "review:begin": Allow(post=WRITERS),
        "review:topic": Allow(get=WRITERS, post=WRITERS, note="while a check is open"),
        "review:end": Allow(get=WRITERS, note="when a check is through"),
        "review:later": Allow(post=WRITERS),
        "review:emails": Allow(post=KEPT),
        "pages:delete": Allow(
            get=WRITERS | ACCOUNTS, post=WRITERS | ACCOUNTS, note="an account can go without a page"
        ),
        # Seeing and taking one's own page.
        "door:page": Allow(get=WRITERS),
        "door:page_pdf": Allow(get=WRITERS),
        "door:picture": Allow(get=WRITERS, note="when there is something on the page"),
        "door:earlier": Allow(get=WRITERS),
        "door:earlier_photo": Allow(get=WRITERS, note="when there was a photo"),
        "exports:page_txt": Allow(get=WRITERS),
        "exports:page_md": Allow(get=WRITERS),
        "exports:page_json": Allow(get=WRITERS),
        "exports:page_fhir": Allow(get=WRITERS),
        "exports:copy": Allow(get=WRITERS),
        "exports:everything": Allow(get=WRITERS, note="accounts that signed in lately"),
        "exports:archive": Allow(get=WRITERS, note="accounts that signed in lately"),
        "exports:kept_archive": Allow(
            get=KEPT, note="the account that asked for it, signed in lately"
        ),
        # Bringing a file back.
        "imports:bring": Allow(get=WRITERS, post=WRITERS),
        "imports:choose": Allow(post=WRITERS),
        # Sharing: the person the page is about; before they have taken it over, its keeper.
        "sharing:home": Allow(get=WRITERS, note="a visitor is told why they cannot"),
        "sharing:new": Allow(get=NONE, note="leads whoever may share to the first question"),
        "sharing:who": Allow(get=SHARERS, post=SHARERS),
        "sharing:clinic": Allow(
            get=SHARERS, post=SHARERS, note="when it is for a clinic’s computer"
        ),
        "sharing:what": Allow(get=SHARERS, post=SHARERS),
        "sharing:how_long": Allow(get=SHARERS, post=SHARERS),
        "clinics:fits": Allow(
            get=NONE, note="leads on to the check, but for a page too long for a clinic’s computer"
        ),
        "sharing:check": Allow(get=SHARERS, post=SHARERS),
        "sharing:ready": Allow(get=SHARERS),
        "sharing:let_go": Allow(post=SHARERS),
        "sharing:handed": Allow(get=ONLY_THEM, note="what a keeper shared before it was theirs"),
        "sharing:keep": Allow(
            get=ONLY_THEM, post=ONLY_THEM, note="what a keeper shared before it was theirs"
        ),
        "sharing:share": Allow(get=SHARERS),
        "sharing:show": Allow(get=SHARERS),
        "sharing:change_what": Allow(get=SHARERS, post=SHARERS),
        "sharing:change_how_long": Allow(get=SHARERS, post=SHARERS),
        "sharing:passcode": Allow(get=SHARERS, post=SHARERS),
        "sharing:speak": Allow(get=NONE, post=SHARERS, note="a code is shown once, after a POST"),
        "sharing:send": Allow(get=SHARERS, post=SHARERS),
        "sharing:pause": Allow(post=SHARERS),
        "sharing:resume": Allow(post=SHARERS),
        "sharing:stop": Allow(get=SHARERS, post=SHARERS),
        "sharing:ask_code": Allow(post=ONLY_THEM),
        "sharing:answer": Allow(get=ONLY_THEM, post=ONLY_THEM),
        "door:preview": Allow(get=SHARERS),
        "door:preview_pdf": Allow(get=SHARERS),
        "door:as_reader": Allow(get=SHARERS),
        "door:style_for_reader": Allow(get=SHARERS, post=SHARERS),
        "door:as_reader_pdf": Allow(get=SHARERS),
        "exports:receipt": Allow(get=SHARERS),
        "exports:receipt_pdf": Allow(get=SHARERS),
        "exports:receipt_json": Allow(get=SHARERS),
        "exports:receipt_fhir": Allow(get=SHARERS),
        # People who help: the person decides who, and what each may do.
        "supporters:helpers": Allow(get=WRITERS, note="only its person can ask somebody"),
        "supporters:ask": Allow(get=ONLY_THEM, post=ONLY_THEM),
        "supporters:helper": Allow(get=ONLY_THEM, post=ONLY_THEM),
        "supporters:stop": Allow(post=ONLY_THEM),
        "supporters:suggestions": Allow(get=ONLY_THEM),
        "supporters:suggestion": Allow(get=ONLY_THEM, post=ONLY_THEM),
        "supporters:my_way": Allow(get=ONLY_THEM, post=ONLY_THEM),
        # Helping somebody. What the person keeps to themself stays out, unless they shared it.
        "supporters:home": Allow(get=ACCOUNTS, post=ACCOUNTS),
        "supporters:invitation": Allow(
            get=ALL - {Who.ENDED}, post=ASKED, note="no name to anybody else"
        ),
        "supporters:handed": Allow(
            get=ALL - {Who.ENDED}, post=ASKED, note="no name to anybody else"
        ),
        "door:helping": Allow(get=SUPPORTERS),
        "door:helping_picture": Allow(get=frozenset({Who.WRITES}), note="when they see something"),
        "supporters:what_to_suggest": Allow(get=frozenset({Who.SUGGESTS, Who.WRITES})),
        "supporters:suggest": Allow(
            get=frozenset({Who.SUGGESTS, Who.WRITES}), post=frozenset({Who.SUGGESTS, Who.WRITES})
        ),
        "supporters:together": Allow(get=frozenset({Who.WRITES})),
        "supporters:write_together": Allow(
            get=frozenset({Who.WRITES}), post=frozenset({Who.WRITES})
        ),
        "supporters:decided": Allow(
            get=SUPPORTERS | {Who.KEEPER}, post=SUPPORTERS | {Who.KEEPER}, note="it is added to"
        ),
        "supporters:check_decision": Allow(
            get=SUPPORTERS | {Who.KEEPER},
            post=SUPPORTERS | {Who.KEEPER},
            note="what they have just typed",
        ),
        "supporters:written_down": Allow(
            get=SUPPORTERS | {Who.KEEPER}, note="what they wrote down themself"
        ),
        "supporters:hand_over": Allow(get=frozenset({Who.KEEPER}), post=frozenset({Who.KEEPER})),
        "supporters:leave": Allow(post=SUPPORTERS),
        # What workers give back, for the person.
        "workers:promises": Allow(get=WRITERS),
        "workers:answer": Allow(post=ONLY_THEM),
        "door:hello": Allow(get=ONLY_THEM, note="the card of somebody who looked"),
        "door:hello_pdf": Allow(get=ONLY_THEM, note="the card of somebody who looked"),
        # Who has looked.
        "access:looked": Allow(get=WRITERS),
        "access:by_day": Allow(get=WRITERS),
        "access:looked_csv": Allow(get=WRITERS),
        "access:looked_json": Allow(get=WRITERS),
        "access:tell_me": Allow(post=ONLY_THEM),
        # Reading a page that was shared.
        "reading:type_code": Allow(get=ALL, post=ALL),
        "reading:doorstep": Allow(get=HOLDERS, post=HOLDERS, note="no name, no content"),
        "door:read": Allow(get=READERS),
        "door:read_pdf": Allow(get=READERS, note="if the share lets them print"),
        "exports:read_txt": Allow(get=READERS, note="if the share lets them print"),
        "exports:read_json": Allow(get=READERS, note="if the share lets them print"),
        "workers:have_read": Allow(get=READERS, post=READERS),
        "reading:tell": Allow(get=READERS, post=READERS),
        "reading:thanks": Allow(get=READERS),
        "reading:leave": Allow(post=ALL, note="it forgets who read, and tells nothing"),
        "reading:nowhere": Allow(get=NONE, note="any other address under /s/: the closed page"),
        # Taking a page into a record: whoever holds the link, which opens nothing else.
        "clinics:viewer": Allow(
            get=ALL, note="the same page for everybody: a script opens the link"
        ),
        "clinics:take": Allow(
            get=COMPUTERS, post=COMPUTERS, note="by GET at once; by POST with a passcode"
        ),
        "clinics:file": Allow(get=COMPUTERS, note="for ten minutes, once let in by a passcode"),
        # Checking paper: it tells only whether it is the newest.
        "door:type_check_code": Allow(get=ALL, post=ALL),
        "door:check": Allow(get=ALL),
        # A worker's own pages.
        "workers:with_me": Allow(get=ACCOUNTS, post=ACCOUNTS),
        "workers:ask": Allow(get=ACCOUNTS, post=ACCOUNTS),
        "workers:asked": Allow(get=ACCOUNTS),
        "workers:hello": Allow(get=ACCOUNTS, post=ACCOUNTS),
        "workers:photo": Allow(get=A_WORKER, post=A_WORKER, note="who keeps a hello card"),
        "workers:photo_remove": Allow(post=A_WORKER, note="who keeps a hello card"),
        "workers:delete": Allow(
            get=A_WORKER, post=ACCOUNTS, note="who keeps a hello card; pressed again, it says done"
        ),
        "workers:promised": Allow(get=ACCOUNTS),
        "workers:remind_me": Allow(post=ACCOUNTS),
        "workers:sorry": Allow(
            get=A_WORKER, post=A_WORKER, note="who promised, when it was missed"
        ),
        # Signing in and out.
        "account_login": Allow(get=NONE, note="leads to the question for an address"),
        "account_signup": Allow(get=NONE, note="leads to the question for an address"),
        "account_request_login_code": Allow(get=SIGNED_OUT, post=SIGNED_OUT),
        "account_confirm_login_code": Allow(get=NONE, post=NONE, note="once a code was asked for"),
        "account_logout": Allow(get=ACCOUNTS, post=ALL, note="whoever is out already stays out"),
        "account_devices": Allow(get=ACCOUNTS),
        "account_end_device": Allow(post=ACCOUNTS, note="a device of their own"),
        "account_sign_out_elsewhere": Allow(post=ACCOUNTS),
        "account_inactive": Allow(get=ALL),
        "account_reauthenticate": Allow(get=ACCOUNTS),
        "account_email": Allow(get=ACCOUNTS, post=ACCOUNTS, note="who signed in lately"),
        "account_email_verification_sent": Allow(
            get=NONE, post=NONE, note="once a code was asked for"
        ),
        "mfa_index": Allow(get=ACCOUNTS),
        "mfa_add_webauthn": Allow(get=ACCOUNTS, post=ACCOUNTS, note="who signed in lately"),
        "mfa_edit_webauthn": Allow(get=ONLY_THEM, post=ONLY_THEM, note="whose passkey it is"),
        "mfa_remove_webauthn": Allow(get=ONLY_THEM, post=ONLY_THEM, note="whose passkey it is"),
        "mfa_login_webauthn": Allow(get=NONE, post=NONE, note="answers a device, not a person"),
    }
)
