"""Signing up, correcting, withdrawing, erasing, and the life of a loting."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from core.append_only import AppendOnlyError
from participatie import actions
from participatie.models import (
    Aanmelding,
    Conceptaanmelding,
    Handeling,
    Kanaal,
    Kenmerkwaarde,
    Loting,
    Persoon,
    PersoonlijkeLink,
    Staat,
)
from participatie.signup.drafts import find_draft, keep, open_draft
from tests.participatie.people import answers, bound, filled_in

pytestmark = pytest.mark.django_db


def sign_up(loting, **changes) -> Aanmelding:
    return actions.sign_up(loting=loting, answers=answers(loting, **changes), kanaal=Kanaal.WEB)


def test_a_sign_up_is_stored_sealed_and_can_be_read_back(loting) -> None:
    made = sign_up(loting, naam="سلمى  المثال", telefoon="٠٦ ١٢٣٤٥٦٧٨")
    persoon = Persoon.objects.get(aanmelding=made)
    assert (persoon.naam, persoon.postcode, persoon.telefoon) == ("سلمى المثال", "1951XA", "06 12345678")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT naam, postcode, huisnummer, mail, telefoon FROM participatie_persoon WHERE id = %s",
            [persoon.pk],
        )
        stored = cursor.fetchone()
    assert all(value.startswith("gAAAA") for value in stored)
    assert made.kenmerkwaarden.count() == 3
    assert made.geschiktheid == Aanmelding.Geschiktheid.GESCHIKT
    assert Handeling.objects.filter(bonnummer=made.bonnummer, soort="aangemeld").count() == 1


def test_an_address_elsewhere_or_unknown_never_blocks(loting) -> None:
    elsewhere = sign_up(loting, postcode="1017 AB", huisnummer="9")
    unknown = sign_up(loting, postcode="", huisnummer="", adres_anders="Rue de l'Exemple 3, Bruxelles")
    assert elsewhere.adrescontrole == "buiten"
    assert unknown.adrescontrole == "onbekend"
    assert {elsewhere.geschiktheid, unknown.geschiktheid} == {"controleren"}


def test_a_form_that_is_sent_twice_is_one_sign_up(loting) -> None:
    draft = keep(open_draft(loting, language_code="nl", vorm="alles"), filled_in())
    before = Aanmelding.objects.count()
    first, is_new = actions.send_draft(draft=draft, answers=answers(loting))
    again, is_new_again = actions.send_draft(draft=draft, answers=answers(loting, naam="Iemand Anders"))
    assert (is_new, is_new_again) == (True, False)
    assert first == again
    assert Aanmelding.objects.count() == before + 1
    row = Conceptaanmelding.objects.get(pk=draft.row.pk)
    assert row.gegevens is None


def test_a_draft_is_only_found_with_its_secret_and_in_time(loting) -> None:
    draft = keep(open_draft(loting, language_code="ar", vorm="vragen"), {"naam": "x" * 5000})
    found = find_draft(draft.token, loting=loting)
    assert found and len(found.given["naam"]) == 1000
    assert find_draft(draft.token + "x", loting=loting) is None
    assert draft.token not in str(Conceptaanmelding.objects.values_list("token_hash", flat=True))
    Conceptaanmelding.objects.update(verloopt_op=timezone.now())
    assert find_draft(draft.token, loting=loting) is None


def test_outside_of_the_window_nothing_is_stored(loting) -> None:
    before = Aanmelding.objects.count()
    given = answers(loting)
    Loting.objects.filter(pk=loting.pk).update(sluit_op=timezone.now())
    with pytest.raises(actions.LotingClosedError):
        actions.sign_up(loting=loting, answers=given, kanaal=Kanaal.WEB)
    assert Aanmelding.objects.count() == before


def test_a_correction_changes_what_changed_and_asks_the_new_mail_to_be_confirmed(loting) -> None:
    made = sign_up(loting)
    link = actions.make_link(aanmelding=made, doel=PersoonlijkeLink.Doel.BEVESTIGEN)
    found = actions.find_link(link, doel="bevestigen", loting=loting)
    assert found
    actions.confirm_mail(link=found)
    changed = actions.correct(
        aanmelding=made,
        answers=answers(
            loting, mail="nieuw@example.nl", kenmerk_woning="anders", **{"kenmerk_taal-thuis": ""}
        ),
    )
    made.refresh_from_db()
    assert set(changed) == {"mail", "woning", "taal-thuis"}
    assert made.mail_bevestigd_op is None
    assert actions.find_link(link, doel="bevestigen", loting=loting) is None
    assert set(made.kenmerkwaarden.values_list("optie__code", flat=True)) == {"25-44", "anders"}
    assert (
        actions.correct(
            aanmelding=made,
            answers=answers(
                loting, mail="nieuw@example.nl", kenmerk_woning="anders", **{"kenmerk_taal-thuis": ""}
            ),
        )
        == []
    )


def test_a_link_is_for_one_purpose_and_one_loting_and_a_while(loting) -> None:
    made = sign_up(loting)
    token = actions.make_link(aanmelding=made, doel="beheren")
    found = actions.find_link(token, doel="beheren", loting=loting)
    assert found
    assert found.aanmelding == made
    assert actions.find_link(token, doel="bevestigen", loting=loting) is None
    assert actions.find_link("", doel="beheren", loting=loting) is None
    PersoonlijkeLink.objects.update(verloopt_op=timezone.now())
    assert actions.find_link(token, doel="beheren", loting=loting) is None


def test_withdrawing_twice_is_once_and_erasing_leaves_only_the_note(loting) -> None:
    made = sign_up(loting)
    for _time in range(2):
        actions.withdraw(aanmelding=made)
    assert Handeling.objects.filter(bonnummer=made.bonnummer, soort="ingetrokken").count() == 1
    actions.erase(aanmelding=made)
    actions.erase(aanmelding=made)
    assert not Persoon.objects.filter(aanmelding_id=made.pk).exists()
    assert not Kenmerkwaarde.objects.filter(aanmelding_id=made.pk).exists()
    assert Handeling.objects.filter(bonnummer=made.bonnummer, soort="gewist").count() == 1


def test_steps_follow_each_other_with_a_reason(loting, beheerder) -> None:
    with pytest.raises(ValidationError, match="kan deze loting niet"):
        actions.take_step(loting=loting, naar=Staat.GETROKKEN, reden="Zomaar", by=beheerder)
    with pytest.raises(ValidationError, match="waarom"):
        actions.take_step(loting=loting, naar=Staat.GESLOTEN, reden="  ", by=beheerder)
    actions.take_step(loting=loting, naar=Staat.GESLOTEN, reden="De tijd is om.", by=beheerder)
    with pytest.raises(ValidationError, match="nog niet besloten"):
        actions.take_step(loting=loting, naar=Staat.BEVROREN, reden="Klaar.", by=beheerder)
    stap = actions.extend(
        loting=loting, until=loting.sluit_op + timedelta(days=1), reden="Er was een storing.", by=beheerder
    )
    loting.refresh_from_db()
    assert (loting.staat, stap.door) == (Staat.OPEN, beheerder)
    with pytest.raises(AppendOnlyError):
        stap.delete()


def test_the_clock_closes_what_is_past_its_window(loting) -> None:
    assert actions.close_due(now=timezone.now()) == 0
    assert actions.close_due(now=loting.sluit_op) == 1
    loting.refresh_from_db()
    assert loting.staat == Staat.GESLOTEN


def test_the_rules_stay_once_it_is_open(loting) -> None:
    loting.zetels = 13
    with pytest.raises(ValidationError) as caught:
        loting.full_clean()
    assert set(caught.value.message_dict) == {"zetels"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"naam": " "}, "naam"),
        ({"naam": "x" * 1_000_000}, "naam"),
        ({"naam": "nul\0byte"}, "naam"),
        ({"postcode": "SW1A 1AA"}, "postcode"),
        ({"postcode": ""}, "postcode"),
        ({"huisnummer": "twaalf"}, "huisnummer"),
        ({"oud_genoeg": "nee"}, "oud_genoeg"),
        ({"oud_genoeg": "300"}, "oud_genoeg"),
        ({"mail": "aafke@"}, "mail"),
        ({"telefoon": "bel mij"}, "telefoon"),
        ({"taal": "xx"}, "taal"),
        ({"kenmerk_leeftijd": ""}, "kenmerk_leeftijd"),
        ({"kenmerk_woning": "paleis"}, "kenmerk_woning"),
    ],
)
def test_what_is_wrong_is_said_at_its_own_field(loting, changes, field) -> None:
    form = bound(loting, **changes)
    assert not form.is_valid()
    assert set(form.errors) == {field}


def test_neither_mail_nor_phone_nor_an_optional_answer_is_needed(loting) -> None:
    assert bound(loting, mail="", telefoon="", **{"kenmerk_taal-thuis": ""}).is_valid()
