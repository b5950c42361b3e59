"""The people and the quotas of a loting, as the draw takes them: lots, codes and numbers, nobody's name."""

from collections.abc import Iterable, Mapping

from participatie.draw.recorded import facts_of
from participatie.models import Aanmelding, Antwoordoptie, Loting, Trekking
from participatie.quotas import holding
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
    quotas = holding(loting)
    return [Quota(option.kenmerk.code, option.code, *quotas.of(option).now) for option in options]


def pool_of(trekking: Trekking) -> Pool:
    """Everybody who has a lot, with the quotas that hold now.

    Who left a question open counts for none of its answers, and may take any seat that those leave.
    """
    loting = trekking.loting
    lots = trekking.loten.order_by("nummer")
    return _pool(loting, ((lot.nummer, lot.kenmerken or {}, lot.huishouden) for lot in lots))


def pool_of_sign_ups(loting: Loting) -> Pool:
    """Everybody who takes part so far, with the quotas that hold now, as `pool_of` has it. Seven queries."""
    keys = Aanmelding.objects.in_the_pool().filter(loting=loting).order_by("pk").values_list("pk", flat=True)
    facts = facts_of(loting, list(keys))
    return _pool(loting, ((str(key), one.features, one.address) for key, one in facts.items()))


def _pool(loting: Loting, rows: Iterable[tuple[str, Mapping[str, str], str]]) -> Pool:
    people = tuple(
        Person(
            id,
            {feature: value or NOT_ANSWERED for feature, value in values.items()},
            household if loting.een_per_adres else "",
        )
        for id, values, household in rows
    )
    quotas = quotas_of(loting)
    open_questions = {
        feature for person in people for feature, value in person.values.items() if value == NOT_ANSWERED
    }
    asked = dict.fromkeys(quota.feature for quota in quotas)
    rest = [Quota(feature, NOT_ANSWERED, 0, loting.zetels) for feature in asked if feature in open_questions]
    return Pool(people, (*quotas, *rest), loting.zetels)
