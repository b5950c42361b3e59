"""A message from its writer to the site: written, looked at, handed in, sent back, published, corrected."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from core.models import SiteImage
from tests.desk import account, allow_unknown_variables, browser, first, html, is_absent
from tests.plan import (
    SECRET,
    actie_of,
    filled_in,
    message_of,
    photo,
    promises,
    published,
    step_of,
    submitted,
    velison,
    welzijn,
)
from wijken.actions import record_planning
from wijken.models import Actie, Voortgang

pytestmark = pytest.mark.django_db

Stand = Voortgang.Stand


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


@pytest.fixture
def actie(db: None) -> Actie:
    return actie_of(velison())


@pytest.fixture
def partner(db: None) -> Client:
    return browser(account("partner", velison()))


@pytest.fixture
def editor(db: None) -> Client:
    return browser(account("eindredacteur"))


def write(client: Client, actie: Actie, **values: Any) -> Any:
    return client.post(reverse("desk_message_add", args=[actie.pk]), filled_in(**values))


def press(client: Client, name: str, message: Voortgang, **values: Any) -> Any:
    return client.post(reverse(name, args=[message.pk]), values)


def said(response: Any) -> str:
    """Everything on the screen that a press of a button leads to."""
    return html(response.client.get(response.headers["Location"]))


def test_from_the_partner_to_the_site(partner: Client, editor: Client, actie: Actie, client: Client) -> None:
    step = step_of(actie, periode="2024")
    assert "U bent te laat: schrijf waarom" in html(partner.get(reverse("desk_my_actions")))
    answer = write(
        partner,
        actie,
        tekst="Wij wachten op de provincie.",
        mijlpaal=step.pk,
        periode_part="Q2",
        periode_year="2041",
        zekerheid="verwacht",
        reden="De bodem is vuil.",
        foto_bestand=photo(),
        foto_alt="Een grasveld.",
    )
    message = first(Voortgang.objects.filter(actie=actie))
    assert (message.stand, message.organisatie, message.periode) == (Stand.CONCEPT, velison(), "2041-Q2")
    shown = html(partner.get(answer.headers["Location"]))
    for piece in ("Zo komt het op de site", "Eerst beloofd", "2e kwartaal van 2041", "De bodem is vuil."):
        assert piece in shown

    press(partner, "desk_message_submit", message)
    assert "Wij wachten op de provincie." in html(editor.get(reverse("desk_inbox")))
    assert str(actie) in html(editor.get(reverse("wagtailadmin_home")))
    review = html(editor.get(reverse("desk_review", args=[message.pk])))
    assert "Zo staat de actie nu op de site" in review
    assert "te laat" in review

    assert "Schrijf op wat er anders moet." in html(
        press(editor, "desk_review", message, besluit="terugsturen", reden=" ")
    )
    press(editor, "desk_review", message, besluit="terugsturen", reden="Graag eenvoudiger.")
    assert "Graag eenvoudiger." in html(partner.get(reverse("desk_my_actions")))
    assert "Graag eenvoudiger." in html(partner.get(reverse("wagtailadmin_home")))
    edit = reverse("desk_message_edit", args=[message.pk])
    assert "Graag eenvoudiger." in html(partner.get(edit))
    message.refresh_from_db()
    kept = filled_in(
        tekst="Wij wachten nog.",
        mijlpaal=step.pk,
        periode_part="Q2",
        periode_year="2041",
        zekerheid="verwacht",
        reden="De bodem is vuil.",
        foto_alt="Een grasveld.",
    )
    partner.post(edit, kept)
    press(partner, "desk_message_submit", message)
    press(editor, "desk_review", message, besluit="publiceren")
    message.refresh_from_db()
    assert message.stand == Stand.GEPUBLICEERD
    assert message.foto is not None
    assert message.terug_reden == ""
    assert promises(step) == [(1, "2024", ""), (2, "2041-Q2", "De bodem is vuil.")]
    actions = ModelLogEntry.objects.filter(object_id=str(message.pk), action__startswith="wijken.")
    assert [entry.action for entry in actions.order_by("timestamp")] == [
        "wijken.submit",
        "wijken.return",
        "wijken.submit",
        "wijken.publish",
    ]


# --- twice, and at the same time -------------------------------------------------------------------


def test_two_clicks_write_one_message(partner: Client, actie: Actie) -> None:
    form = filled_in(tekst="Nieuws", foto_bestand=photo(), foto_alt="Een veld.")
    before = SiteImage.objects.count()
    answers = []
    for _click in range(2):
        form["foto_bestand"] = photo()
        answers.append(partner.post(reverse("desk_message_add", args=[actie.pk]), form))
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert Voortgang.objects.filter(actie=actie).count() == 1
    assert SiteImage.objects.count() == before + 1
    message = first(Voortgang.objects.filter(actie=actie))
    press(partner, "desk_message_submit", message)
    assert "al ingediend" in said(press(partner, "desk_message_submit", message))
    third = partner.post(reverse("desk_message_add", args=[actie.pk]), {**form, "foto_bestand": photo()})
    assert "al ingediend" in said(third)
    assert Voortgang.objects.filter(actie=actie).count() == 1
    assert ModelLogEntry.objects.filter(object_id=str(message.pk), action="wijken.submit").count() == 1


def test_of_two_editors_one_publishes_and_the_other_reads_why_not(editor: Client, actie: Actie) -> None:
    step = step_of(actie)
    message = submitted(
        actie, velison(), mijlpaal=step, periode="2041", zekerheid="verwacht", reden="Te nat."
    )
    other = browser(account("beheerder"))
    assert other.get(reverse("desk_review", args=[message.pk])).status_code == 200
    press(editor, "desk_review", message, besluit="publiceren")
    assert "iemand was u voor" in said(press(other, "desk_review", message, besluit="publiceren"))
    assert "iemand was u voor" in said(press(other, "desk_review", message, besluit="terugsturen", reden="x"))
    assert len(promises(step)) == 2
    message.refresh_from_db()
    assert message.stand == Stand.GEPUBLICEERD


def test_what_was_sent_back_meanwhile_is_not_published(editor: Client, actie: Actie) -> None:
    message = submitted(actie, velison())
    press(editor, "desk_review", message, besluit="terugsturen", reden="Nee.")
    assert "intussen teruggestuurd" in said(press(editor, "desk_review", message, besluit="publiceren"))
    message.refresh_from_db()
    assert message.stand == Stand.TERUG


def test_what_was_handed_in_is_not_changed_or_thrown_away(partner: Client, actie: Actie) -> None:
    message = submitted(actie, velison())
    edit = reverse("desk_message_edit", args=[message.pk])
    assert "al ingediend" in said(partner.get(edit))
    assert "al ingediend" in said(partner.post(edit, filled_in(tekst="Stiekem anders")))
    assert "al ingediend" in said(press(partner, "desk_message_discard", message))
    message.refresh_from_db()
    assert message.tekst == SECRET


def test_a_planning_that_was_recorded_meanwhile_is_said(editor: Client, actie: Actie) -> None:
    step = step_of(actie)
    message = submitted(
        actie, velison(), mijlpaal=step, periode="2041", zekerheid="verwacht", reden="Te nat."
    )
    record_planning(
        mijlpaal=step,
        periode="2041",
        zekerheid="verwacht",
        reden="Te duur.",
        vastgelegd_op=timezone.localdate(),
    )
    answer = press(editor, "desk_review", message, besluit="publiceren")
    assert answer.status_code == 200
    assert "Deze planning staat er al." in html(answer)
    message.refresh_from_db()
    assert message.stand == Stand.INGEDIEND


# --- what the form says -----------------------------------------------------------------------------


def tomorrow(_step: int) -> dict[str, Any]:
    return {"datum": (timezone.localdate() + timedelta(days=1)).isoformat()}


MISTAKES: dict[str, tuple[Callable[[int], dict[str, Any]], str]] = {
    "no news": (lambda _step: {"tekst": ""}, "verplicht"),
    "tomorrow": (tomorrow, "Dit is nog niet gebeurd."),
    "no day": (lambda _step: {"datum": "gisteren"}, "datum"),
    "stopped without a reason": (
        lambda _step: {"verandering": "gestopt"},
        "Schrijf op waarom de actie stopt.",
    ),
    "reached without a step": (lambda _step: {"gehaald_op": "2025-01-01"}, "Kies over welke stap het gaat."),
    "reached later": (
        lambda step: {"mijlpaal": step, "datum": "2025-01-01", "gehaald_op": "2025-02-01"},
        "niet later gehaald dan de datum",
    ),
    "planning without a step": (
        lambda _step: {"periode_part": "Q1", "periode_year": "2041"},
        "Kies over welke stap het gaat.",
    ),
    "planning without certainty": (
        lambda step: {"mijlpaal": step, "periode_part": "Q1", "periode_year": "2041", "reden": "x"},
        "Kies hoe zeker de nieuwe planning is.",
    ),
    "planning without a reason": (
        lambda step: {
            "mijlpaal": step,
            "periode_part": "Q1",
            "periode_year": "2041",
            "zekerheid": "verwacht",
        },
        "Schrijf op waarom de planning verandert.",
    ),
    "planning that is there": (
        lambda step: {
            "mijlpaal": step,
            "periode_part": "jaar",
            "periode_year": "2040",
            "zekerheid": "afgesproken",
            "reden": "x",
        },
        "Deze planning staat er al.",
    ),
    "reached and planned": (
        lambda step: {
            "mijlpaal": step,
            "gehaald_op": "2025-01-01",
            "periode_part": "Q1",
            "periode_year": "2041",
            "zekerheid": "verwacht",
            "reden": "x",
        },
        "krijgt geen nieuwe planning",
    ),
    "a photo without words": (lambda _step: {"foto_bestand": photo()}, "Beschrijf wat er op de foto staat."),
    "no photo": (
        lambda _step: {"foto_bestand": SimpleUploadedFile("x.jpg", b"<script>"), "foto_alt": "x"},
        "afbeelding",
    ),
    "a program": (
        lambda _step: {"foto_bestand": SimpleUploadedFile("x.exe", photo().read()), "foto_alt": "x"},
        "afbeelding",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_gets_a_sentence_and_what_was_typed_stays(name: str, partner: Client, actie: Actie) -> None:
    values, sentence = MISTAKES[name]
    step = step_of(actie)
    answer = write(partner, actie, **{"tekst": "Dit blijft staan", **values(step.pk)})
    assert answer.status_code == 200
    assert sentence in html(answer)
    if name != "no news":
        assert "Dit blijft staan" in html(answer)
    assert not Voortgang.objects.filter(actie=actie).exists()


def test_late_without_a_reason_is_kept_but_not_handed_in(partner: Client, actie: Actie) -> None:
    step_of(actie, periode="2024")
    answer = write(partner, actie, tekst="Wij zijn bezig.")
    assert "Nog niet klaar om in te dienen." in html(partner.get(answer.headers["Location"]))
    message = first(Voortgang.objects.filter(actie=actie))
    assert "Schrijf erbij waarom" in said(press(partner, "desk_message_submit", message))
    message.refresh_from_db()
    assert message.stand == Stand.CONCEPT


def test_a_draft_can_be_thrown_away(partner: Client, actie: Actie) -> None:
    message = message_of(actie, velison())
    press(partner, "desk_message_discard", message)
    assert not Voortgang.objects.filter(pk=message.pk).exists()


# --- pictures ---------------------------------------------------------------------------------------


def test_a_photo_is_renamed_and_goes_when_it_is_replaced(partner: Client, actie: Actie) -> None:
    write(partner, actie, foto_bestand=photo(), foto_alt="Een veld.")
    message = first(Voortgang.objects.filter(actie=actie))
    first_photo = message.foto
    assert "jansen" not in first_photo.file.name.lower()
    assert first_photo.credit == "Velison Wonen"
    edit = reverse("desk_message_edit", args=[message.pk])
    partner.post(edit, filled_in(foto_bestand=photo(), foto_alt="Een ander veld."))
    message.refresh_from_db()
    assert message.foto_id != first_photo.pk
    assert not SiteImage.objects.filter(pk=first_photo.pk).exists()
    partner.post(edit, filled_in(foto_weg="on", foto_alt="Een ander veld."))
    message.refresh_from_db()
    assert (message.foto, message.foto_alt) == (None, "")


def test_a_photo_that_a_page_shows_stays(partner: Client, actie: Actie, page_at: Any) -> None:
    write(partner, actie, foto_bestand=photo(), foto_alt="Een veld.")
    message = first(Voortgang.objects.filter(actie=actie))
    page = page_at("/nl/wijken/")
    page.image = message.foto
    page.save()
    partner.post(reverse("desk_message_edit", args=[message.pk]), filled_in(foto_weg="on"))
    assert SiteImage.objects.filter(pk=message.foto_id).exists()


def test_a_photo_of_a_published_message_cannot_be_deleted(editor: Client, actie: Actie) -> None:
    image = SiteImage.objects.create(title="Veld", file=photo())
    message = published(actie, velison(), foto=image, foto_alt="Een veld.")
    editor.raise_request_exception = False
    for address in (
        reverse("wagtailimages:delete", args=[image.pk]),
        reverse("wagtail_bulk_action", args=["core", "siteimage", "delete"]) + f"?id={image.pk}",
    ):
        assert editor.get(address).status_code < 500
        assert editor.post(address).status_code < 500, address
    message.refresh_from_db()
    assert message.foto == image


# --- corrections --------------------------------------------------------------------------------------


def test_a_published_message_is_mended_by_a_next_one(partner: Client, editor: Client, actie: Actie) -> None:
    message = published(actie, velison())
    answer = press(partner, "desk_message_correct", message)
    correction = first(Voortgang.objects.filter(corrigeert=message))
    assert answer.headers["Location"] == reverse("desk_message_edit", args=[correction.pk])
    assert correction.organisatie == velison()
    assert "Dit komt in de plaats van" in html(partner.get(answer.headers["Location"]))
    assert "al een verbetering" in said(press(partner, "desk_message_correct", message))
    press(partner, "desk_message_submit", correction)
    assert "Komt in de plaats van" in html(editor.get(reverse("desk_review", args=[correction.pk])))
    message.refresh_from_db()
    assert (message.stand, message.tekst) == (Stand.GEPUBLICEERD, SECRET)


def test_an_editor_mends_in_the_name_of_the_municipality(editor: Client, actie: Actie) -> None:
    message = published(actie, velison())
    press(editor, "desk_message_correct", message)
    assert first(Voortgang.objects.filter(corrigeert=message)).organisatie.kind == "gemeente"


# --- editors who write ----------------------------------------------------------------------------------


def test_a_redacteur_writes_for_the_municipality_and_does_not_publish(actie: Actie) -> None:
    redacteur = browser(account("redacteur"))
    write(redacteur, actie, tekst="Van de gemeente.")
    message = first(Voortgang.objects.filter(actie=actie))
    assert message.organisatie.kind == "gemeente"
    press(redacteur, "desk_message_submit", message)
    press(redacteur, "desk_review", message, besluit="publiceren")
    message.refresh_from_db()
    assert message.stand == Stand.INGEDIEND


def test_somebody_of_two_organisations_chooses_but_only_from_those(actie: Actie) -> None:
    redacteur = browser(account("redacteur", velison()))
    address = reverse("desk_message_add", args=[actie.pk])
    assert "Namens wie schrijft u?" in html(redacteur.get(address))
    redacteur.post(address, filled_in(organisatie=welzijn().pk))
    assert not Voortgang.objects.filter(actie=actie).exists()
    redacteur.post(address, filled_in(organisatie=velison().pk))
    assert first(Voortgang.objects.filter(actie=actie)).organisatie == velison()


def test_without_an_organisation_the_screen_explains(actie: Actie) -> None:
    loose = browser(account("partner"))
    assert "Uw account hoort nog niet bij een organisatie." in html(loose.get(reverse("desk_my_actions")))
    assert "Uw account hoort nog niet bij een organisatie." in html(loose.get(reverse("wagtailadmin_home")))
    assert is_absent(write(loose, actie))
