"""The people and the quotas of a loting, as the draw takes them: lots, codes and numbers, nobody's name."""

from participatie.models import Antwoordoptie, Loting, Quotawijziging, Trekking
from participatie.sortition.pools import Person, Pool, Quota

# No code of an answer has a space in it.
NOT_ANSWERED = "niet ingevuld"


def quotas_of(loting: Loting) -> list[Quota]:
    """How many seats for each answer: as promised, or as changed since. In the order of the questions."""
    options = (
        Antwoordoptie.objects.source()
        .filter(kenmerk__loting=loting)
        .select_related("kenmerk")
        .order_by("kenmerk__order", "kenmerk__pk", "order", "pk")
    )
    changed = {
        row.optie_id: (row.naar_minimum, row.naar_maximum)
        for row in Quotawijziging.objects.filter(optie__kenmerk__loting=loting).order_by("op", "pk")
    }
    return [
        Quota(option.kenmerk.code, option.code, *changed.get(option.pk, option.quota(seats=loting.zetels)))
        for option in options
    ]


def pool_of(trekking: Trekking) -> Pool:
    """Everybody who has a lot, with the quotas that hold now.

    Who left a question open counts for none of its answers, and may take any seat that those leave.
    """
    loting = trekking.loting
    people = tuple(
        Person(
            lot.nummer,
            {feature: value or NOT_ANSWERED for feature, value in (lot.kenmerken or {}).items()},
            lot.huishouden if loting.een_per_adres else "",
        )
        for lot in trekking.loten.order_by("nummer")
    )
    quotas = quotas_of(loting)
    open_questions = {
        feature for person in people for feature, value in person.values.items() if value == NOT_ANSWERED
    }
    asked = dict.fromkeys(quota.feature for quota in quotas)
    rest = [Quota(feature, NOT_ANSWERED, 0, loting.zetels) for feature in asked if feature in open_questions]
    return Pool(people, (*quotas, *rest), loting.zetels)
