"""What people might type, and the books that a loting is compared with after every step."""

from collections import Counter
from typing import Any

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize

from core.models import User
from participatie.models import (
    Aanmelding,
    Handeling,
    Loting,
    Persoon,
    Staat,
)
from participatie.signup.drafts import Draft
from participatie.signup.forms import SignUpForm
from tests.participatie.people import bound, filled_in


class Huge(str):
    """A megabyte that a report of a failure shows in a few signs."""

    def __repr__(self) -> str:
        return "Huge()"


EXTREMES = [
    "",
    " ",
    "\0",
    "سلمى المثال",
    "王小明",
    "👩\u200d👧 de Vries",
    "\u202etxet",
    "<b>x</b>",
    "{{ x }} %s",
    "=1+1",
    Huge("x" * 1_000_000),
    "300",
    "\uff11\uff12",
    "Z\u0301" * 50,
    "\r\nBcc: x@example.nl",
    "\ufffe",
]
anything = st.sampled_from(EXTREMES) | st.text(max_size=40)
MAILS = ["", "een@example.nl", "EEN@example.nl", "twee@example.nl", "drie@example.nl"]
ADDRESSES = [
    {},
    {"huisnummer": "2"},
    {"huisnummer": "1 a"},
    {"postcode": "1017AB", "huisnummer": "9"},
    {"postcode": "", "huisnummer": "", "adres_anders": "Rue de l'Exemple 3, Bruxelles"},
    {"postcode": "", "huisnummer": "", "adres_anders": "İstanbul, Örnek Sokak ٣"},
]
plausible = st.builds(
    lambda naam, mail, taal, woning, address: {
        "naam": naam,
        "mail": mail,
        "taal": taal,
        "kenmerk_woning": woning,
        **address,
    },
    st.sampled_from(["Aafke Lindeveld", "áafke  LINDEVELD", "سلمى المثال", "👩‍🚒 Noor"]),
    st.sampled_from(MAILS),
    st.sampled_from(["nl", "ar", "pl"]),
    st.sampled_from(["eigen", "anders"]),
    st.sampled_from(ADDRESSES),
)
# Mostly what people would type; some of it what nobody should.
typed = plausible | st.builds(
    lambda right, wrong: {**right, **wrong},
    plausible,
    st.dictionaries(st.sampled_from(sorted(filled_in())), anything, min_size=1, max_size=3),
)
picks = st.randoms(use_true_random=False)
why = st.sampled_from(["Er was een storing.", "Er was een storing.", "", "  "])


class Books(RuleBasedStateMachine):
    """What a loting should hold by now, kept beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        # {number of the row: its person as typed}; who was erased is not in it.
        self.people: dict[int, dict[str, str]] = {}
        self.numbers: dict[int, str] = {}
        self.withdrawn: set[int] = set()
        self.notes: Counter[tuple[str, str]] = Counter()
        self.drafts: list[Draft] = []
        self.sent: dict[int, int] = {}
        # {secret: (purpose, number of the row)}
        self.links: dict[str, tuple[str, int]] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @initialize()
    def begin(self) -> None:
        self.loting = Loting.objects.get(slug="velsen-noord")
        self.user = User.objects.create_superuser("proef-lotingbeheerder", "proef@example.nl")
        self.others = Loting.objects.exclude(pk=self.loting.pk)
        # So that the pool can be frozen.
        Aanmelding.objects.filter(loting=self.loting).update(geschiktheid="geschikt", reden="nagevraagd")
        # The many of the demo, mailed and compared each time, would make it slow.
        Persoon.objects.update(mail_index="", naam_adres_index="")
        self.known = set(Aanmelding.objects.values_list("pk", flat=True))
        self.noted = Handeling.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    # --- what it should do ------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        self.loting.refresh_from_db()
        return self.loting.staat == Staat.OPEN

    @property
    def is_loose(self) -> bool:
        """Does the pool not stand yet?"""
        self.loting.refresh_from_db()
        return self.loting.staat in (Staat.OPEN, Staat.GESLOTEN)

    def pick(self, choose: Any) -> Aanmelding | None:
        """A sign-up as somebody has it on their screen, perhaps from before it was erased."""
        if not self.numbers:
            return None
        pk = choose.choice(sorted(self.numbers))
        return Aanmelding.objects.filter(pk=pk).first() or Aanmelding(
            pk=pk, loting=self.loting, bonnummer=self.numbers[pk], taal="nl", kanaal="web"
        )

    def form(self, changes: dict[str, str]) -> SignUpForm:
        made = bound(self.loting, **changes)
        made.is_valid()
        return made

    def came_in(self, made: Aanmelding, form: SignUpForm, soort: str) -> None:
        answers = form.answers()
        assert made.pk not in self.numbers
        self.numbers[made.pk] = made.bonnummer
        self.people[made.pk] = {name: getattr(answers, name) for name in Persoon.identity}
        self.notes[made.bonnummer, soort] += 1
