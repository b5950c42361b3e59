"""What the command line says about quotas that cannot be met, in Dutch."""

from participatie.sortition.contradictions import (
    Contradiction,
    DoubleId,
    DoubleQuota,
    MaximaBelowSeats,
    MinimaAboveSeats,
    MinimumAboveMaximum,
    MissingFeature,
    NegativeQuota,
    NoSeats,
    TooFewHouseholds,
    TooFewPeople,
    TooFewWithValue,
    UnknownValue,
)
from participatie.sortition.relaxations import Change, Limit


def contradiction(found: Contradiction) -> str:
    match found:
        case NoSeats(seats):
            return f"{seats} zetels kan niet; het zijn er minstens 1."
        case DoubleId(id):
            return f"Het id “{id}” komt meer dan één keer voor."
        case DoubleQuota(feature, value):
            return f"Voor “{value}” van “{feature}” is er meer dan één quotum."
        case NegativeQuota(quota):
            return f"Het quotum voor “{quota.value}” van “{quota.feature}” heeft een getal onder nul."
        case MissingFeature(feature, people, example):
            return f"Van {people} mensen is “{feature}” niet ingevuld; de eerste is {example}."
        case UnknownValue(feature, value, people):
            return f"{people} mensen hebben “{value}” bij “{feature}”, maar daarvoor is er geen quotum."
        case TooFewPeople(seats, people):
            return f"Er zijn {seats} zetels en maar {people} mensen."
        case TooFewHouseholds(seats, households):
            return f"Er zijn {seats} zetels en maar {households} huishoudens, met hoogstens één zetel elk."
        case MinimumAboveMaximum(quota):
            return (
                f"Voor “{quota.value}” van “{quota.feature}” is minstens {quota.minimum} meer dan "
                f"hoogstens {quota.maximum}."
            )
        case MinimaAboveSeats(feature, total, seats):
            return f"“{feature}” vraagt samen minstens {total} zetels; er zijn er {seats}."
        case MaximaBelowSeats(feature, total, seats):
            return f"“{feature}” laat samen hoogstens {total} zetels toe; er zijn er {seats}."
        case TooFewWithValue(quota, available):
            return (
                f"Minstens {quota.minimum} mensen met “{quota.value}” van “{quota.feature}” kan niet; "
                f"er zijn er {available} die samen een zetel kunnen hebben."
            )


def limit(found: Limit) -> str:
    how = "minstens" if found.bound == "minimum" else "hoogstens"
    return f"“{found.value}” van “{found.feature}” {how} {found.number}"


def change(found: Change) -> str:
    if found.bound == "minimum":
        return (
            f"verlaag het minimum voor “{found.value}” van “{found.feature}” van {found.old} naar {found.new}"
        )
    return f"verhoog het maximum voor “{found.value}” van “{found.feature}” van {found.old} naar {found.new}"
