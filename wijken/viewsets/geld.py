"""Budgets on the desk, with what is left of each."""

from typing import Any

from django.db.models import IntegerField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from core.desk import TranslatableViewSet, translations_column
from wijken.models import Budget, Financiering


def euros(amount: int) -> str:
    """A whole amount as people write it: € 12.500, and a minus before what is short."""
    number = f"{abs(amount):,}".replace(",", ".")
    return f"{'−' if amount < 0 else ''}€\N{NO-BREAK SPACE}{number}"


class EuroColumn(Column):
    def get_cell_context_data(self, instance: Any, parent_context: Any) -> Any:
        context = super().get_cell_context_data(instance, parent_context)
        if context["raw_value"] is not None:
            context["value"] = euros(context["raw_value"])
        return context


class BudgetViewSet(TranslatableViewSet):
    model = Budget
    base_url_path = "budgetten"
    menu_label = _("Budgetten")
    icon = "doc-full"
    ordering = ("naam",)
    list_display = [
        "naam",
        "jaren",
        EuroColumn("bedrag", label=_("Bedrag"), sort_key="bedrag"),
        EuroColumn("spent", label=_("Heeft een doel")),
        EuroColumn("left", label=_("Over"), accessor=lambda row: row.bedrag - row.spent),
        "houder",
        translations_column(),
    ]
    list_select_related = ("houder",)
    list_export = ["naam", "jaren", "bedrag", "spent", "houder", "bron", "toelichting"]
    export_headings = {"spent": _("heeft een doel")}
    search_fields = ["naam", "bron"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        spent = Financiering.objects.filter(budget=OuterRef("pk")).order_by().values("budget")
        total = Subquery(spent.annotate(total=Sum("bedrag")).values("total"), output_field=IntegerField())
        return super().get_queryset(request).annotate(spent=Coalesce(total, Value(0)))
