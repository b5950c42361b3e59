"""What the group that was drawn looks like, beside what was promised and who was in the draw.

Kept at the draw, because the answers leave when their people do; and what could betray somebody is left out
before anything is stored, because what is stored stays for ever.

Of the pool the small cells are hidden as in `participatie.statistics`. Of the panel, a small group that its
neighbours know by face, an answer is counted only when

* the question is no special category of personal data (GDPR, article 9),
* at least `SMALLEST` people in the pool gave that answer, so that a count of one leads nowhere,
* not everybody on the panel gave it, which would tell it of each of them.

Otherwise only whether the promise was kept is told, and that follows from the promise itself. Cells are
hidden in the panel where they are in the pool, and there never one alone is hidden while another could be
too: so no count follows from the number of seats.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from participatie.draw.pool import quotas_of
from participatie.models import Kenmerk, Lot, Trekking, Trekkingscijfers, Vorm
from participatie.statistics import SMALLEST, Cells, hide_small


def keep(trekking: Trekking) -> Trekkingscijfers | None:
    """Store the counts of a draw whose lots know whether they were drawn. Of a rehearsal nothing is kept."""
    if trekking.is_proef:
        return None
    return Trekkingscijfers.objects.create(trekking=trekking, gegevens=counts_of(trekking))


def counts_of(trekking: Trekking) -> dict[str, Any]:
    """The counts that everybody may see, as `Trekkingscijfers` holds them."""
    lots = [(lot.kenmerken or {}, bool(lot.is_getrokken)) for lot in Lot.objects.filter(trekking=trekking)]
    promised: dict[str, dict[str, tuple[int, int] | None]] = {}
    for quota in quotas_of(trekking.loting):
        has_quota = trekking.loting.vorm == Vorm.LIJSTEN
        bounds = (quota.minimum, quota.maximum) if has_quota else None
        promised.setdefault(quota.feature, {})[quota.value] = bounds
    special = set(
        Kenmerk.objects.source()
        .filter(loting=trekking.loting, is_bijzonder=True)
        .values_list("code", flat=True)
    )
    return {
        "deelnemers": len(lots),
        "zetels": sum(drawn for _answers, drawn in lots),
        "kenmerken": [
            {"code": code, "antwoorden": _answers_of(code, options, lots, is_special=code in special)}
            for code, options in promised.items()
        ],
    }


def _answers_of(
    code: str,
    options: Mapping[str, tuple[int, int] | None],
    lots: Iterable[tuple[Mapping[str, str], bool]],
    *,
    is_special: bool,
) -> list[dict[str, Any]]:
    """Every answer to a question, and none at all, with what may be told of it."""
    in_pool: Counter[str] = Counter()
    on_panel: Counter[str] = Counter()
    for answers, is_drawn in lots:
        given = answers.get(code, "")
        in_pool[given] += 1
        on_panel[given] += is_drawn
    cells = [*options, *([""] if in_pool[""] else [])]
    pool = pool_cells({cell: in_pool[cell] for cell in cells})
    panel = panel_cells({cell: on_panel[cell] for cell in cells}, pool, is_special=is_special)
    found = []
    for cell in cells:
        bounds = options.get(cell)
        low, high = bounds or (None, None)
        found.append(
            {
                "code": cell,
                "minstens": low,
                "hoogstens": high,
                "pool": pool[cell],
                "panel": panel[cell],
                "past": bounds is None or bounds[0] <= on_panel[cell] <= bounds[1],
            }
        )
    return found


def pool_cells(counts: Mapping[str, int]) -> Cells:
    """The counts of the pool, small ones hidden; a small pool hides everything."""
    if sum(counts.values()) < SMALLEST:
        return dict.fromkeys(counts)
    return hide_small(counts)


def panel_cells(counts: Mapping[str, int], pool: Cells, *, is_special: bool) -> Cells:
    """The counts of the panel, as far as they tell nothing about anybody on it."""
    everybody = sum(counts.values())
    if is_special or any(count == everybody for count in counts.values()):
        return dict.fromkeys(counts)
    return {cell: None if pool[cell] is None else count for cell, count in counts.items()}
