"""The screen of an edition by mail: who gets it, what it shows, and what each button does."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.models import OutboxMail, User
from home.desk.krant.mailing import SCREENS
from home.krant import mailing
from home.krant.redactie import follow
from home.models import Abonnee, Editie, EditiePage, Mailing, Mailingstand, Redactielid
from tests.caches import empty_the_caches
from tests.desk import account, allow_unknown_variables, browser
from tests.home.krant.subscribers import many, published, subscribed, text_of, wijk_of_krant
from tests.html import Document
from wijken.models import Wijk

pytestmark = pytest.mark.django_db
SENDERS = {"redacteur", "eindredacteur", "beheerder", "superuser"}
LOOKERS = SENDERS | {"redactie"}
ACTORS = sorted(
    LOOKERS
    | {"nobody", "other redactie", "krantredactie", "partner", "vertaler", "lotingbeheerder"}
    | {"baliemedewerker"}
)
START = {"versturen": "1", "per_minuut": "120", "bekeken": "on"}


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


def address(editie: Editie | None = None) -> str:
    return reverse("krant_mail", args=[(editie or published()).pk])


def redactielid(wijk: Wijk) -> User:
    user = account("krantredactie", name=f"redactie-{wijk.slug}")
    Redactielid.objects.create(user=user, wijk=wijk)
    follow(wijk)
    return user


def client_of(actor: str) -> Client:
    if actor == "nobody":
        return Client()
    if actor == "superuser":
        return browser(User.objects.create_superuser("alles", "alles@example.nl"))
    if actor == "redactie":
        return browser(redactielid(wijk_of_krant()))
    if actor == "other redactie":
        return browser(redactielid(Wijk.objects.exclude(slug="velsen-noord")[0]))
    return browser(account(actor))


def test_every_screen_is_in_this_matrix() -> None:
    assert {name for name, _view in SCREENS.values()} == {"krant_mail"}


@pytest.mark.parametrize("actor", ACTORS)
def test_who_looks_and_who_sends(actor: str) -> None:
    subscribed()
    client = client_of(actor)
    got = client.get(address())
    assert (got.status_code == 200) == (actor in LOOKERS)
    if actor not in LOOKERS:
        assert got.status_code in (302, 403)
    client.post(address(), START)
    assert Mailing.objects.exists() == (actor in SENDERS)
    if not Mailing.objects.exists():
        mailing.start(editie=published(), per_minuut=1, by=User.objects.create_user("iemand"))
    client.post(address(), {"pauze": "1"})
    assert Mailingstand.objects.get().is_gepauzeerd == (actor in SENDERS)


def test_nobody_sees_who_is_subscribed(desk: Client) -> None:
    subscribed("fatima@example.nl", taal="ar")
    subscribed("weg@example.nl", onbestelbaar_op=timezone.now())
    response = desk.get(address())
    text = text_of(response)
    assert "1 abonnee krijgt de wijkkrant" in text
    assert "Mail komt niet aan; gewist na 30 dagen 1" in text
    assert "@example.nl" not in response.content.decode()
    assert "Het college van Gemeente Velsen" in text


def test_the_mail_is_shown_in_each_language_and_can_be_tried(desk: Client, beheerder: User) -> None:
    subscribed(taal="ar")
    response = desk.get(f"{address()}?taal=ar")
    [frame] = Document(response.content.decode()).all("iframe")
    assert frame.attrs["sandbox"] in ("", None)
    assert 'dir="rtl"' in frame.attrs["srcdoc"]
    # A language that nobody reads is not asked for.
    [frame] = Document(desk.get(f"{address()}?taal=pl").content.decode()).all("iframe")
    assert 'lang="nl"' in frame.attrs["srcdoc"]
    before = OutboxMail.objects.count()
    response = desk.post(f"{address()}?taal=ar", {"proef": "1"}, follow=True)
    assert "naar uw eigen mailadres gestuurd" in response.content.decode()
    mail = OutboxMail.objects.latest("pk")
    assert (OutboxMail.objects.count(), mail.recipient, mail.language) == (before + 1, beheerder.email, "ar")
    # A try is not one of the subscribers.
    desk.post(address(), START)
    assert mailing.progress_of(Mailing.objects.get()).waiting == 0


def test_sending_pausing_and_how_it_goes(desk: Client) -> None:
    many(3)
    text = text_of(desk.get(address()))
    assert "Verstuur naar 3 abonnees" in text
    for wrong, says in (
        ({"bekeken": ""}, "Bekijk de mail eerst"),
        ({"per_minuut": "0"}, "Vul een getal in van 1"),
        ({"per_minuut": "1001"}, "Vul een getal in van 1"),
        ({"per_minuut": "x"}, "Vul een getal in van 1"),
    ):
        text = text_of(desk.post(address(), {**START, **wrong}))
        assert "Nog niet bewaard" in text
        assert says in text
        assert not Mailing.objects.exists()
    text = text_of(desk.post(address(), START, follow=True))
    assert "De krant is op weg. Nog ongeveer 1 minuut." in text
    assert "Verstuur naar" not in text
    assert "op pauze" in text_of(desk.post(address(), {"pauze": "1"}, follow=True))
    assert "op weg" in text_of(desk.post(address(), {"verder": "1"}, follow=True))
    desk.post(address(), START)
    assert Mailing.objects.count() == 1
    mailing.write_mailings()
    mailing.write_mailings()
    assert "De laatste mails gaan weg" in text_of(desk.get(address()))
    OutboxMail.objects.filter(kind="krantabonnee-editie").update(state="teruggekomen", next_try_at=None)
    text = text_of(desk.get(address()))
    assert "bij alle abonnees langs geweest" in text
    assert "Teruggekomen 3" in text


def test_somebody_calls_to_stop(desk: Client) -> None:
    subscribed("fatima@example.nl")
    assert "Voer een geldig e-mailadres in" in text_of(desk.post(address(), {"afmelden": "1", "mail": "x"}))
    for says in ("Dit mailadres is gewist", "krijgt de krant van deze wijk niet"):
        response = desk.post(address(), {"afmelden": "1", "mail": " FATIMA@example.nl"}, follow=True)
        assert says in response.content.decode()
    assert not Abonnee.objects.exists()
    redactie = client_of("redactie")
    assert "Iemand belt om te stoppen" not in text_of(redactie.get(address()))
    subscribed("fatima@example.nl")
    redactie.post(address(), {"afmelden": "1", "mail": "fatima@example.nl"})
    assert Abonnee.objects.exists()


def test_what_there_is_nothing_to_send_yet(desk: Client) -> None:
    assert "Nog niemand krijgt deze wijkkrant per mail" in text_of(desk.get(address()))
    many(1)
    in_the_making = Editie.objects.in_the_making().get(wijk=wijk_of_krant())
    text = text_of(desk.get(address(in_the_making)))
    assert "Mailen kan pas als de editie uit is" in text
    assert "staat nog niet op de site" in text
    response = desk.post(address(in_the_making), START)
    assert "Mailen kan pas als de editie uit is" in text_of(response)
    EditiePage.objects.filter(editie=published()).update(live=False)
    empty_the_caches()
    assert "kan niet worden gemaakt" in desk.post(address(), {"proef": "1"}, follow=True).content.decode()
    assert desk.get(reverse("krant_mail", args=[0])).status_code == 404
    assert desk.post(address(), {"pauze": "1"}).status_code == 404


def test_a_test_mail_needs_an_address(desk: Client, beheerder: User) -> None:
    User.objects.filter(pk=beheerder.pk).update(email="")
    response: Any = desk.post(address(), {"proef": "1"}, follow=True)
    assert "staat geen mailadres" in response.content.decode()
