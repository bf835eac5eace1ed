"""What the endings journal is told of a share: how much it may show at most from now on."""

from profiles.accounts.after_restore import named
from profiles.core.journal import Kind, note
from profiles.sharing.models import Share

_NOTED = (
    "profile_id", "ref", "stopped_at", "ended_at", "paused_at", "ends_at", "topics", "kept_topics",
    "with_photo", "may_print", "passcode_set", "passcode_number", "wrong_tries", "spoken_digest",
    "worker_id",
)  # fmt: skip


def note_share(share: Share) -> None:
    """Let the journal know how a share stands now. It is read anew: a caller's row may be old."""
    now = Share.objects.only(*_NOTED).get(pk=share.pk)
    note(
        Kind.SHARE,
        now.ref,
        stopped=now.stopped_at is not None,
        ended=now.ended_at is not None,
        paused=now.paused_at is not None,
        ends_at=now.ends_at.isoformat() if now.ends_at else None,
        topics=now.topics,
        kept_topics=now.shown_though_kept,
        photo=now.with_photo,
        print=bool(now.may_print),
        passcode=now.passcode_set,
        number=now.passcode_number or 0,
        tries=now.wrong_tries,
        spoken=now.spoken_digest,
        worker={"number": now.worker.pk, "account": named(now.worker)} if now.worker else None,
    )
