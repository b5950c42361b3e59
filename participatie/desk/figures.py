"""What everybody at the desk may see of a loting: counts without a trace of who, and the processing text."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participatie.desk.screens import LotingScreen
from participatie.models import Kanaal, Lotingcijfers, Opschoning
from participatie.privacy import processing_of
from participatie.signup.questions import features_of
from participatie.statistics import SMALLEST, Cells, statistics_of
from wijken.models import Buurt

# As many as fill a screen; older ones stay in the table.
MOST_PURGES = 30


class FiguresView(LotingScreen):
    """Anonymous counts: of now, or as they were kept when the sign-ups were deleted."""

    permission = "participatie.view_loting"
    template_name = "desk/loting/figures.html"
    page_title: Any = gettext_lazy("Cijfers zonder namen")
    header_icon = "table"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kept = Lotingcijfers.objects.filter(loting=self.loting).first()
        data = kept.data if kept else statistics_of(self.loting)
        buurten = {code: _("Elders (%(code)s)") % {"code": code} for code in data["buurt"] if code}
        buurten |= dict(Buurt.objects.filter(code__in=data["buurt"]).values_list("code", "naam"))
        answers = {
            kenmerk.code: (kenmerk.vraag, {option.code: option.label for option in options})
            for kenmerk, options in features_of(self.loting, language_code=settings.LANGUAGE_CODE)
        }
        return {
            **super().get_context_data(**kwargs),
            "kept": kept,
            "data": data,
            "smallest": SMALLEST,
            "tables": [
                (gettext_lazy("Hoe aangemeld"), _named(data["kanaal"], dict(Kanaal.choices))),
                (gettext_lazy("In welke taal"), _named(data["taal"], dict(settings.LANGUAGES))),
                (gettext_lazy("Per buurt"), _named(data["buurt"], buurten)),
                *(
                    (answers[code][0], _named(cells, answers[code][1]))
                    for code, cells in data["kenmerken"].items()
                    if code in answers
                ),
            ],
            "purges": Opschoning.objects.all()[:MOST_PURGES],
        }


def _named(cells: Cells, names: dict[str, Any]) -> list[tuple[Any, int | None]]:
    return [(names.get(code, code), count) for code, count in cells.items()]


class ProcessingView(LotingScreen):
    """The entry for the processing register, to print or copy."""

    permission = "participatie.view_loting"
    template_name = "desk/loting/processing.html"
    page_title: Any = gettext_lazy("Verwerkingsregister")
    header_icon = "lock"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "processing": processing_of(self.loting, language_code=settings.LANGUAGE_CODE),
        }


SCREENS: dict[str, tuple[str, Any]] = {
    "loting/<int:pk>/cijfers/": ("desk_loting_statistics", FiguresView),
    "loting/<int:pk>/verwerking/": ("desk_loting_processing", ProcessingView),
}
