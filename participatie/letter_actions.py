"""What is written for letters: invitations, and addresses that want none."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone

from core.models import User
from core.receipts import new_number, read_number
from participatie.actions import LotingClosedError, note
from participatie.address_list import Address
from participatie.identity import address_index, code_index
from participatie.models import Brievenbundel, Handeling, LootMeNiet, Loting, Staat, Uitnodiging

Soort = Handeling.Soort


@dataclass(frozen=True)
class Sifted:
    """Addresses that get a letter, and how many do not because they asked for none or have one."""

    new: list[Address]
    opted_out: int
    has_letter: int


def sift(loting: Loting, addresses: Iterable[Address]) -> Sifted:
    """Which of these addresses, each given once, get a letter for a loting. Two queries."""
    opted_out = set(LootMeNiet.objects.values_list("adres_index", flat=True))
    invited = set(Uitnodiging.objects.filter(loting=loting).values_list("adres_index", flat=True))
    new, left_out = [], Counter[str]()
    for address in addresses:
        if address.index in opted_out:
            left_out["opted_out"] += 1
        elif address.index in invited:
            left_out["has_letter"] += 1
        else:
            new.append(address)
    return Sifted(new, left_out["opted_out"], left_out["has_letter"])


@transaction.atomic
def invite(*, loting: Loting, addresses: Iterable[Address], by: User) -> int:
    """Make a letter for every address that has none and did not ask for none. Returns how many.

    Twice is once. LotingClosedError when nobody can sign up any more.
    """
    held = Loting.objects.locked().get(pk=loting.pk)
    if held.sluit_op <= timezone.now() or held.staat not in (Staat.CONCEPT, Staat.OPEN):
        raise LotingClosedError
    new = sift(held, addresses).new
    if not new:
        return 0
    last = Uitnodiging.objects.filter(loting=held).order_by("-ronde").first()
    rows = [
        Uitnodiging(
            loting=held,
            aan=address.naam,
            straat=address.straat,
            postcode=address.postcode,
            huisnummer=address.huisnummer,
            toevoeging=address.toevoeging,
            plaats=address.plaats,
            code=new_number(),
            ronde=last.ronde + 1 if last else 1,
            gemaakt_door=by,
        )
        for address in new
    ]
    for row in rows:
        row.reindex()
    Uitnodiging.objects.bulk_create(rows, batch_size=500)
    note(held, Soort.UITGENODIGD, by=by, count=len(rows), about=f"ronde {rows[0].ronde}")
    return len(rows)


def to_post(loting: Loting, *, ronde: int) -> QuerySet[Uitnodiging]:
    """The letters of a round, without those of addresses that asked for none since."""
    opted_out = LootMeNiet.objects.filter(adres_index=OuterRef("adres_index"))
    return Uitnodiging.objects.filter(~Exists(opted_out), loting=loting, ronde=ronde).order_by("pk")


def rounds_of(loting: Loting) -> list[tuple[int, int]]:
    """(round, how many letters can be printed), in order."""
    opted_out = LootMeNiet.objects.filter(adres_index=OuterRef("adres_index"))
    rows = Uitnodiging.objects.filter(~Exists(opted_out), loting=loting)
    return list(rows.order_by("ronde").values_list("ronde").annotate(count=Count("pk")))


# --- no letters -----------------------------------------------------------------------------------


@transaction.atomic
def stop_letters(
    *, loting: Loting, postcode: str, huisnummer: str, toevoeging: str, by: User | None = None
) -> LootMeNiet:
    """This address is never written to for a loting again. Twice is once. `loting` is where it came up."""
    row, is_new = LootMeNiet.objects.get_or_create(
        adres_index=address_index(postcode, huisnummer, toevoeging),
        defaults={"postcode": postcode, "huisnummer": huisnummer, "toevoeging": toevoeging},
    )
    if is_new:
        # Files with a letter to this address in them are made again without it.
        written = Uitnodiging.objects.filter(adres_index=row.adres_index).values("loting")
        Brievenbundel.objects.filter(loting__in=written).delete()
        note(loting, Soort.GEWIJZIGD, by=by, about="loot mij niet: erbij")
    return row


@transaction.atomic
def allow_letters(*, loting: Loting, row: LootMeNiet, by: User) -> None:
    """This address may be written to again, because somebody there asked. Twice is once."""
    if LootMeNiet.objects.filter(pk=row.pk).delete()[0]:
        note(loting, Soort.GEWIJZIGD, by=by, about="loot mij niet: eraf")


def letter_of(code: str, *, loting: Loting) -> Uitnodiging | None:
    """The letter with a code as somebody typed it; None when there is none."""
    number = read_number(code)
    rows = Uitnodiging.objects.filter(loting=loting, code_index=code_index(number))
    return rows.first() if number else None
