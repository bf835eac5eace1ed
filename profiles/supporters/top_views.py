"""Side by side: should a line that warns of danger stand at the top of the page too?"""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from profiles.answers import raising
from profiles.answers.models import YesBy
from profiles.core.http import form_page, posted, sent_as
from profiles.supporters import actions, top_actions
from profiles.supporters.forms import RaiseTogetherForm
from profiles.supporters.models import Supporter
from profiles.topics.topic import Topic


def top(request: HttpRequest, supporter: Supporter, asked: Topic) -> HttpResponse:
    """Lines that the person said with this supporter: at the top too, if the person says yes."""
    found = top_actions.asking(supporter, asked)
    if found is None:
        return redirect("supporters:together", ref=supporter.ref)
    mark = top_actions.mark_of(supporter, found)
    form = RaiseTogetherForm(posted(request), found=found, initial={"seen": mark})
    is_no = sent_as(request, "say") == "no"
    if is_no or form.is_valid():
        try:
            top_actions.put_at_top(
                supporter=supporter,
                topic=asked,
                lines=[] if is_no else form.chosen,
                seen=sent_as(request, "seen"),
                yes_by=None if is_no else YesBy(form.cleaned_data["yes_by"]),
            )
        except raising.NotAsSeen:
            return _look_again(request, supporter, asked)
        except PermissionDenied as refused:
            form.add_error("lines", str(refused))
        else:
            return redirect("supporters:together", ref=supporter.ref)
    actions.look_at(supporter, topic=raising.TOP)
    context = {"supporter": supporter, "topic": asked, "asking": found, "form": form}
    return form_page(request, "supporters/top.html", context)


def _look_again(request: HttpRequest, supporter: Supporter, asked: Topic) -> HttpResponse:
    """What they see has changed: the question as it stands now, if it does."""
    found = top_actions.asking(supporter, asked)
    if found is None:
        return redirect("supporters:together", ref=supporter.ref)
    actions.look_at(supporter, topic=raising.TOP)
    mark = top_actions.mark_of(supporter, found)
    form = RaiseTogetherForm(found=found, initial={"seen": mark})
    context = {"supporter": supporter, "topic": asked, "asking": found, "form": form}
    return render(request, "supporters/top.html", context | {"moved": True}, status=409)
