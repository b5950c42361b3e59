"""What came in, with how many wait: by wijk, edition and state."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import HeaderButton

from core.receipts import read_number
from home.desk.krant.kopij.languages import name_of
from home.desk.krant.kopij.screens import KopijScreen
from home.krant.redactie import wijken_of
from home.models import Editie, Kopij
from home.models.kopij import KopijQuerySet
from wijken.models import Wijk

PER_PAGE = 50
NO_EDITION = "geen"


class FilterForm(forms.Form):
    """What the list shows. What cannot be chosen is as if it was not."""

    wijk = forms.ModelChoiceField(
        Wijk.objects.none(), required=False, label=gettext_lazy("Wijk"), empty_label=gettext_lazy("Alle")
    )
    editie = forms.ChoiceField(label=gettext_lazy("Nummer"), required=False)
    bon = forms.CharField(label=gettext_lazy("Bonnummer"), required=False, max_length=60)

    def __init__(self, *args: Any, wijken: QuerySet[Wijk], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wijk: Any = self.fields["wijk"]
        wijk.queryset = wijken
        if wijken.count() < 2:
            del self.fields["wijk"]
        editie: Any = self.fields["editie"]
        editions = Editie.objects.filter(wijk__in=wijken).select_related("wijk")
        editie.choices = [
            ("", _("Alle")),
            *((str(row.pk), str(row)) for row in editions),
            (NO_EDITION, _("nog geen nummer")),
        ]

    def rows(self, rows: KopijQuerySet) -> KopijQuerySet:
        """The kopij that fits."""
        self.is_valid()
        given = self.cleaned_data
        if wijk := given.get("wijk"):
            rows = rows.filter(wijk=wijk)
        if editie := given.get("editie"):
            rows = rows.filter(editie=None) if editie == NO_EDITION else rows.filter(editie=editie)
        if typed := given.get("bon", "").strip():
            rows = rows.filter(bonnummer=read_number(typed))
        return rows


class KopijListView(KopijScreen):
    """The list. Titles only: who wrote it is seen when it is opened."""

    template_name = "desk/krant/kopij/list.html"

    def get_header_buttons(self) -> list[HeaderButton]:
        return [HeaderButton(_("Invoeren van papier"), url=reverse("krant_kopij_entry"), icon_name="edit")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wijken = wijken_of(self.user).order_by("order")
        form = FilterForm(self.request.GET, wijken=wijken)
        rows = form.rows(Kopij.objects.filter(wijk__in=wijken))
        counts = dict(rows.order_by().values_list("staat").annotate(Count("pk")))
        staat = self.request.GET.get("staat", Kopij.Staat.NIEUW)
        if staat in Kopij.Staat.values:
            rows = rows.filter(staat=staat)
        listed = rows.without_contents().select_related("wijk", "editie__wijk").annotate(Count("fotos"))
        page = Paginator(listed.order_by("-ontvangen_op", "-pk"), PER_PAGE).get_page(
            self.request.GET.get("p")
        )
        rows_shown: Any = page.object_list
        for row in rows_shown:
            row.language = name_of(row.language_of_text)
        query = self.request.GET.copy()
        query.pop("p", None)
        without = query.copy()
        without.pop("staat", None)
        return {
            **super().get_context_data(**kwargs),
            "form": form,
            "tabs": self._tabs(counts, staat, without.urlencode()),
            "page_obj": page,
            "query": query.urlencode(),
            "has_wijken": wijken.count() > 1,
        }

    def _tabs(self, counts: dict[str, int], chosen: str, query: str) -> list[dict[str, Any]]:
        """Each state with how many, and where it is listed."""
        states: list[tuple[str, Any]] = [*Kopij.Staat.choices, ("alle", _("alles"))]
        return [
            {
                "label": label,
                "count": counts.get(staat, 0) if staat in Kopij.Staat.values else sum(counts.values()),
                "url": f"?{query}{query and '&'}staat={staat}",
                "is_chosen": staat == chosen,
            }
            for staat, label in states
        ]


SCREENS: dict[str, tuple[str, Any]] = {"krant/kopij/": ("krant_kopij", KopijListView)}
