"""A rehearsal on the big screen, for who prepares the draw. The public never sees it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from participatie.desk.screens import LotingScreen
from participatie.draw.public import rehearsal_story_of
from participatie.views.private import kept_private


class RehearsalHallView(LotingScreen):
    """The screen in the room with the newest rehearsal, and OEFENING across it. Http404 without one."""

    page_title: Any = gettext_lazy("De loting op het scherm")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        trekking = self.loting.trekkingen.filter(is_proef=True).select_related("loting", "uitkomst").first()
        if trekking is None:
            raise Http404
        context = {
            "loting": self.loting,
            "draw": rehearsal_story_of(trekking, now=timezone.now()),
            "draw_url": "",
            "is_rehearsal": True,
        }
        return kept_private(TemplateResponse(request, "participatie/trekking/zaal.html", context))


SCREENS: dict[str, tuple[str, Any]] = {
    "loting/<int:pk>/oefenzaal/": ("desk_loting_rehearsal_hall", RehearsalHallView)
}
