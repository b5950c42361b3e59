"""How many signed up, of what kind, without a trace of who: small counts are hidden, and what betrays them.

A cell is hidden when it counts fewer than `SMALLEST` people, and so is the next smallest when otherwise the
hidden one would follow from the total (complementary suppression; Hundepool e.a., *Statistical Disclosure
Control*, 2012, ch. 4).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Q

from participatie.models import Aanmelding, Antwoordoptie, Kenmerk, Kenmerkwaarde, Loting

SMALLEST = 5

# {cell: count}, with None for a count that is hidden.
type Cells = dict[str, int | None]


def hide_small(counts: Mapping[str, int]) -> Cells:
    """The counts of one breakdown, small ones hidden, so that none follows from the total. Nought is shown.

    An empty cell says something of nobody. When one cell is hidden, the smallest other one goes as well.
    """
    hidden = {cell for cell, count in counts.items() if 0 < count < SMALLEST}
    if len(hidden) == 1:
        others = [cell for cell, count in counts.items() if count and cell not in hidden]
        if others:
            hidden.add(min(others, key=lambda cell: (counts[cell], cell)))
    return {cell: None if cell in hidden else count for cell, count in counts.items()}


def statistics_of(loting: Loting) -> dict[str, Any]:
    """Counts of a loting for everybody to see; what is kept when the sign-ups are deleted.

    {"aangemeld": int, "ingetrokken": int, "doet_mee": int | None, "kanaal": Cells, "taal": Cells,
    "buurt": Cells, "kenmerken": {code of the feature: Cells by code of the answer, "" for no answer}}.
    Totals under `SMALLEST` hide everything below them.
    """
    rows = Aanmelding.objects.filter(loting=loting)
    totals = rows.aggregate(
        aangemeld=Count("pk", filter=Q(stand=Aanmelding.Stand.AANGEMELD)),
        ingetrokken=Count("pk", filter=Q(stand=Aanmelding.Stand.INGETROKKEN)),
    )
    # Who withdrew is in none of the breakdowns.
    standing = rows.standing()
    total = totals["aangemeld"]
    fit = hide_small(_counts(standing, "geschiktheid")).get(Aanmelding.Geschiktheid.GESCHIKT, 0)
    return {
        **totals,
        "doet_mee": fit,
        **{name: hide_small(_counts(standing, field)) for name, field in BREAKDOWNS.items()},
        "kenmerken": {code: hide_small(counts) for code, counts in feature_counts(loting, total).items()},
    }


BREAKDOWNS = {"kanaal": "kanaal", "taal": "taal", "buurt": "buurt_code"}


def _counts(rows: Any, field: str) -> dict[str, int]:
    return dict(rows.order_by(field).values_list(field).annotate(count=Count("pk")))


def feature_counts(loting: Loting, total: int | None = None) -> dict[str, dict[str, int]]:
    """{code of the feature: {code of the answer, "" for none: count}} of who did not withdraw. Three queries.

    With nothing hidden: for the lotingbeheerder.
    """
    if total is None:
        total = Aanmelding.objects.standing().filter(loting=loting).count()
    given = Kenmerkwaarde.objects.filter(
        aanmelding__loting=loting, aanmelding__stand=Aanmelding.Stand.AANGEMELD
    )
    counted: dict[int, int] = dict(given.order_by("optie").values_list("optie").annotate(count=Count("pk")))
    found: dict[str, dict[str, int]] = {}
    for code, options in _options(loting):
        cells = {option: counted.get(pk, 0) for pk, option in options}
        found[code] = {**cells, "": total - sum(cells.values())}
    return found


def _options(loting: Loting) -> Iterable[tuple[str, list[tuple[int, str]]]]:
    """(code of a feature, [(id, code) of its answers]), in order."""
    by_feature: dict[int, list[tuple[int, str]]] = {}
    rows = Antwoordoptie.objects.source().filter(kenmerk__loting=loting).order_by("order", "pk")
    for pk, code, kenmerk in rows.values_list("pk", "code", "kenmerk"):
        by_feature.setdefault(kenmerk, []).append((pk, code))
    features = Kenmerk.objects.source().filter(loting=loting).order_by("order", "pk")
    return [(code, by_feature.get(pk, [])) for pk, code in features.values_list("pk", "code")]
