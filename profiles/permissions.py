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
ONLY_THEM: Final[Those] = frozenset({Who.OWNER})
ASKED: Final[Those] = frozenset({Who.OTHER})  # to whose address an invitation was sent
A_WORKER: Final[Those] = frozenset({Who.WORKER})
READERS: Final[Those] = frozenset({Who.READER, Who.WORKER})
HOLDERS: Final[Those] = READERS | {Who.AT_THE_DOOR}


@dataclass(frozen=True, kw_only=True)
class Door:
    """Who gets in by GET, and who by POST. What is in neither answers with 405."""

    get: Those | None = None  # None: the address has no such method
    post: Those | None = None
    note: str = ""

    @property
    def methods(self) -> Mapping[str, Those]:
        """The methods of this address, and who gets in by each. HEAD goes with GET."""
        known = {"GET": self.get, "POST": self.post}
        return {method: who for method, who in known.items() if who is not None}


DOORS: Final[Mapping[str, Door]] = MappingProxyType(
    {
        # The pages that are nobody's.
        "house:home": Door(get=ALL),
        "house:example": Door(get=ALL),
        "house:example_pdf": Door(get=ALL),
        "house:help": Door(get=ALL),
        "house:privacy": Door(get=ALL),
        "house:accessibility": Door(get=ALL),
        "house:appearance": Door(get=ALL, post=ALL),
        "house:stop_mails": Door(get=ALL, post=ALL, note="with the address from an email of ours"),
        "house:gallery": Door(get=NONE, note="on a developer's machine only"),
        "house:up": Door(get=ALL),
        "house:ready": Door(get=ALL),
        # Writing.
        "pages:start": Door(get=ALL, post=ALL),
        "house:me": Door(get=WRITERS),
        "writing:part": Door(get=WRITERS),
        "writing:write": Door(get=WRITERS, post=WRITERS),
        "writing:more": Door(get=WRITERS, note="when the words could be anyone’s"),
        "writing:draft": Door(post=WRITERS),
        "writing:throw_away": Door(post=WRITERS),
        "writing:both": Door(get=WRITERS, post=WRITERS, note="when two windows wrote"),
        "writing:line": Door(post=WRITERS),
        "writing:earlier_words": Door(get=WRITERS),
        "writing:bring_back": Door(post=WRITERS),
        "writing:earlier": Door(get=WRITERS),
        "writing:bring_back_edition": Door(post=WRITERS),
        "photos:photo": Door(get=WRITERS, post=WRITERS),
        "photos:crop": Door(get=WRITERS, post=WRITERS, note="when there is a photo"),
        "photos:file": Door(get=WRITERS, note="when there is a photo"),
        "photos:remove": Door(post=WRITERS),
        "pages:choose": Door(get=WRITERS, post=WRITERS, note="among their own pages"),
        "review:review": Door(get=WRITERS),
        "review:begin": Door(post=WRITERS),
        "review:topic": Door(get=WRITERS, post=WRITERS, note="while a check is open"),
        "review:end": Door(get=WRITERS, note="when a check is through"),
        "review:later": Door(post=WRITERS),
        "review:emails": Door(post=KEPT),
        "pages:delete": Door(
            get=WRITERS | ACCOUNTS, post=WRITERS | ACCOUNTS, note="an account can go without a page"
        ),
        # Seeing and taking one's own page.
        "door:page": Door(get=WRITERS),
        "door:page_pdf": Door(get=WRITERS),
        "door:earlier": Door(get=WRITERS),
        "door:earlier_photo": Door(get=WRITERS, note="when there was a photo"),
        "exports:page_txt": Door(get=WRITERS),
        "exports:page_json": Door(get=WRITERS),
        "exports:copy": Door(get=WRITERS),
        "exports:everything": Door(get=WRITERS, note="accounts that signed in lately"),
        "exports:archive": Door(get=WRITERS, note="accounts that signed in lately"),
        # Bringing a file back.
        "imports:bring": Door(get=WRITERS, post=WRITERS),
        "imports:choose": Door(post=WRITERS),
        # Sharing: only the person the page is about.
        "sharing:home": Door(get=WRITERS, note="others than its person are told why they cannot"),
        "sharing:new": Door(get=NONE, note="leads its person to the first question"),
        "sharing:who": Door(get=ONLY_THEM, post=ONLY_THEM),
        "sharing:what": Door(get=ONLY_THEM, post=ONLY_THEM),
        "sharing:how_long": Door(get=ONLY_THEM, post=ONLY_THEM),
        "sharing:check": Door(get=ONLY_THEM, post=ONLY_THEM),
        "sharing:ready": Door(get=ONLY_THEM),
        "sharing:let_go": Door(post=ONLY_THEM),
        "sharing:share": Door(get=ONLY_THEM),
        "sharing:show": Door(get=ONLY_THEM),
        "sharing:change_what": Door(get=ONLY_THEM, post=ONLY_THEM),
        "sharing:change_how_long": Door(get=ONLY_THEM, post=ONLY_THEM),
        "sharing:passcode": Door(post=ONLY_THEM),
        "sharing:speak": Door(get=NONE, post=ONLY_THEM, note="a code is shown once, after a POST"),
        "sharing:send": Door(get=ONLY_THEM, post=ONLY_THEM),
        "sharing:pause": Door(post=ONLY_THEM),
        "sharing:resume": Door(post=ONLY_THEM),
        "sharing:stop": Door(get=ONLY_THEM, post=ONLY_THEM),
        "sharing:ask_code": Door(post=ONLY_THEM),
        "sharing:answer": Door(get=ONLY_THEM, post=ONLY_THEM),
        "door:preview": Door(get=ONLY_THEM),
        "door:preview_pdf": Door(get=ONLY_THEM),
        "door:as_reader": Door(get=ONLY_THEM),
        "door:as_reader_pdf": Door(get=ONLY_THEM),
        "exports:receipt": Door(get=ONLY_THEM),
        "exports:receipt_pdf": Door(get=ONLY_THEM),
        "exports:receipt_json": Door(get=ONLY_THEM),
        # People who help: the person decides who, and what each may do.
        "supporters:helpers": Door(get=WRITERS, note="only its person can ask somebody"),
        "supporters:ask": Door(get=ONLY_THEM, post=ONLY_THEM),
        "supporters:helper": Door(get=ONLY_THEM, post=ONLY_THEM),
        "supporters:stop": Door(post=ONLY_THEM),
        "supporters:suggestions": Door(get=ONLY_THEM),
        "supporters:suggestion": Door(get=ONLY_THEM, post=ONLY_THEM),
        "supporters:my_way": Door(get=ONLY_THEM, post=ONLY_THEM),
        # Helping somebody. What the person keeps to themself stays out, unless they shared it.
        "supporters:home": Door(get=ACCOUNTS),
        "supporters:invitation": Door(
            get=ALL - {Who.ENDED}, post=ASKED, note="no name to anybody else"
        ),
        "supporters:handed": Door(
            get=ALL - {Who.ENDED}, post=ASKED, note="no name to anybody else"
        ),
        "door:helping": Door(get=SUPPORTERS),
        "supporters:suggest": Door(
            get=frozenset({Who.SUGGESTS, Who.WRITES}), post=frozenset({Who.SUGGESTS, Who.WRITES})
        ),
        "supporters:together": Door(get=frozenset({Who.WRITES})),
        "supporters:write_together": Door(
            get=frozenset({Who.WRITES}), post=frozenset({Who.WRITES})
        ),
        "supporters:decided": Door(
            get=SUPPORTERS | {Who.KEEPER}, post=SUPPORTERS | {Who.KEEPER}, note="it is added to"
        ),
        "supporters:hand_over": Door(get=frozenset({Who.KEEPER}), post=frozenset({Who.KEEPER})),
        "supporters:leave": Door(post=SUPPORTERS),
        # What workers give back, for the person.
        "workers:promises": Door(get=WRITERS),
        "workers:answer": Door(post=ONLY_THEM),
        "door:hello": Door(get=ONLY_THEM, note="the card of somebody who looked"),
        "door:hello_pdf": Door(get=ONLY_THEM, note="the card of somebody who looked"),
        # Who has looked.
        "access:looked": Door(get=WRITERS),
        "access:looked_csv": Door(get=WRITERS),
        "access:looked_json": Door(get=WRITERS),
        "access:tell_me": Door(post=ONLY_THEM),
        # Reading a page that was shared.
        "reading:type_code": Door(get=ALL, post=ALL),
        "reading:doorstep": Door(get=HOLDERS, post=HOLDERS, note="no name, no content"),
        "door:read": Door(get=READERS),
        "door:read_pdf": Door(get=READERS, note="if the share lets them print"),
        "exports:read_txt": Door(get=READERS, note="if the share lets them print"),
        "exports:read_json": Door(get=READERS, note="if the share lets them print"),
        "workers:have_read": Door(get=READERS, post=READERS),
        "reading:tell": Door(get=READERS, post=READERS),
        "reading:thanks": Door(get=READERS),
        "reading:leave": Door(post=READERS),
        "reading:nowhere": Door(get=NONE, note="any other address under /s/: the closed page"),
        # Checking paper: it tells only whether it is the newest.
        "door:type_check_code": Door(get=ALL, post=ALL),
        "door:check": Door(get=ALL),
        # A worker's own pages.
        "workers:with_me": Door(get=ACCOUNTS),
        "workers:ask": Door(get=ACCOUNTS, post=ACCOUNTS),
        "workers:asked": Door(get=ACCOUNTS),
        "workers:hello": Door(get=ACCOUNTS, post=ACCOUNTS),
        "workers:photo": Door(get=A_WORKER, post=A_WORKER, note="who keeps a hello card"),
        "workers:photo_remove": Door(post=A_WORKER, note="who keeps a hello card"),
        "workers:delete": Door(get=A_WORKER, post=A_WORKER, note="who keeps a hello card"),
        "workers:promised": Door(get=ACCOUNTS),
        "workers:remind_me": Door(post=ACCOUNTS),
        "workers:sorry": Door(get=A_WORKER, post=A_WORKER, note="who promised, when it was missed"),
        # Signing in and out.
        "account_login": Door(get=NONE, note="leads to the question for an address"),
        "account_signup": Door(get=NONE, note="leads to the question for an address"),
        "account_request_login_code": Door(get=SIGNED_OUT, post=SIGNED_OUT),
        "account_confirm_login_code": Door(get=NONE, post=NONE, note="once a code was asked for"),
        "account_logout": Door(get=ACCOUNTS, post=ALL, note="whoever is out already stays out"),
        "account_inactive": Door(get=ALL),
        "account_reauthenticate": Door(get=ACCOUNTS),
        "account_email": Door(get=ACCOUNTS, post=ACCOUNTS, note="who signed in lately"),
        "account_email_verification_sent": Door(
            get=NONE, post=NONE, note="once a code was asked for"
        ),
        "mfa_index": Door(get=ACCOUNTS),
        "mfa_add_webauthn": Door(get=ACCOUNTS, post=ACCOUNTS, note="who signed in lately"),
        "mfa_edit_webauthn": Door(get=ONLY_THEM, post=ONLY_THEM, note="whose passkey it is"),
        "mfa_remove_webauthn": Door(get=ONLY_THEM, post=ONLY_THEM, note="whose passkey it is"),
        "mfa_login_webauthn": Door(get=NONE, post=NONE, note="answers a device, not a person"),
    }
)
