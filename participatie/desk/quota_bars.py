"""How the sign-ups compare with the seats, so that flyers go where people are missing. Nobody's data."""

from typing import Any

from django.conf import settings
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participatie.desk.screens import LotingScreen
from participatie.models import Aanmelding, Kanaal
from participatie.quota_progress import progress_of
from wijken.models import Buurt


class QuotaView(LotingScreen):
    template_name = "desk/loting/quota.html"
    page_title: Any = gettext_lazy("Wie missen wij nog?")
    header_icon = "tasks"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        standing = Aanmelding.objects.standing().filter(loting=self.loting)

        def counted(field: str) -> list[tuple[str, int]]:
            rows = standing.order_by(field).values_list(field).annotate(count=Count("pk"))
            return sorted(rows, key=lambda row: -row[1])

        buurten = dict(Buurt.objects.values_list("code", "naam"))
        elsewhere = _("Elders (%(code)s)")
        kanalen, talen = dict(Kanaal.choices), dict(settings.LANGUAGES)
        return {
            **super().get_context_data(**kwargs),
            "features": progress_of(self.loting, language_code=settings.LANGUAGE_CODE),
            "total": standing.count(),
            "per_buurt": [
                (buurten.get(code, code and elsewhere % {"code": code}), count)
                for code, count in counted("buurt_code")
            ],
            "per_kanaal": [(kanalen[code], count) for code, count in counted("kanaal")],
            "per_taal": [(talen.get(code, code), count) for code, count in counted("taal")],
        }


SCREENS: dict[str, tuple[str, Any]] = {"loting/<int:pk>/quota/": ("desk_loting_quota", QuotaView)}
