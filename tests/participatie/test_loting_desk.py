"""The register of lotingen, the overview of one, its steps, and its questions."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from wagtail.models import Locale

from participatie import feature_actions
from participatie.models import Antwoordoptie, Kenmerk, Loting, LotingPage, Lotingstap, Staat
from tests.desk import account, allow_unknown_variables, browser, html
from tests.participatie.desk import plain_text, prepared, sent_along, with_question
from wijken.models import Buurt, Wijk, Wijkcijfer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


@pytest.fixture
def keeper(loting: Loting) -> Client:
    return browser(account("lotingbeheerder"))


def overview(loting: Loting) -> str:
    return reverse("desk_loting", args=[loting.pk])


def features(loting: Loting) -> str:
    return reverse("desk_loting_features", args=[loting.pk])


def rules(**changes: Any) -> dict[str, Any]:
    now = localtime(timezone.now())
    moments = {"opent_op": 5, "sluit_op": 30, "trekking_op": 50}
    return {
        "naam": "Loting van de proef",
        "slug": "loting-proef",
        "wijk": Wijk.objects.get(slug="velsen-noord").pk,
        "minimumleeftijd": "16",
        "een_per_adres": "on",
        **{name: f"{now + timedelta(days=days):%Y-%m-%d %H:%M}" for name, days in moments.items()},
        "trekking_plek": "",
        "zetels": "12",
        "reserves": "6",
        "termijn_maanden": "24",
        "vorm": "lijsten",
        "bezwaar_dagen": "7",
        "antwoord_dagen": "14",
        "bewaren_dagen": "90",
        **changes,
    }


def with_page(loting: Loting) -> None:
    """A page about it, which opening asks for."""
    LotingPage.objects.filter(locale__language_code="nl").update(loting=loting)


# --- the register ---------------------------------------------------------------------------------


def test_a_loting_is_made_and_leads_to_its_overview(keeper: Client) -> None:
    response = keeper.post(reverse("lotingen:add"), rules())
    made = Loting.objects.get(slug="loting-proef")
    assert response.headers["Location"] == overview(made)
    assert (made.staat, made.zetels) == (Staat.CONCEPT, 12)
    assert "in voorbereiding" in plain_text(keeper.get(overview(made)))


def test_the_window_and_the_buurten_are_checked_in_words(keeper: Client) -> None:
    wijk = Wijk.objects.exclude(slug="velsen-noord")[0]
    elsewhere = Buurt.objects.create(wijk=wijk, code="BU04539999", naam="Ergens anders")
    response = keeper.post(
        reverse("lotingen:add"), rules(buurten=[elsewhere.pk], sluit_op=rules()["opent_op"])
    )
    text = html(response)
    assert "Kies alleen buurten van deze wijk." in text
    assert "Aanmelden stopt later dan het begint." in text
    assert not Loting.objects.filter(slug="loting-proef").exists()


def test_the_list_shows_state_window_and_how_many(keeper: Client, loting: Loting) -> None:
    text = plain_text(keeper.get(reverse("lotingen:index")))
    assert loting.naam in text
    assert "open" in text
    assert str(loting.aanmeldingen.filter(stand="aangemeld").count()) in text


def test_what_was_promised_is_shown_and_stays(keeper: Client, loting: Loting) -> None:
    address = reverse("lotingen:edit", args=[loting.pk])
    text = html(keeper.get(address))
    assert "De regels zijn aan bewoners beloofd" in text
    assert "disabled" in text.split('name="zetels"')[1].split(">")[0]
    saved = keeper.post(address, {"naam": "Een andere naam", "slug": loting.slug})
    assert saved.status_code == 302
    loting.refresh_from_db()
    assert (loting.naam, loting.zetels) == ("Een andere naam", 12)


def test_a_form_from_before_the_opening_changes_nothing(keeper: Client, loting: Loting) -> None:
    response = keeper.post(reverse("lotingen:edit", args=[loting.pk]), rules(zetels="99"))
    assert "Een collega opende de loting net." in html(response)
    before = loting.naam
    loting.refresh_from_db()
    assert (loting.naam, loting.zetels) == (before, 12)


def test_only_what_nobody_knows_of_can_be_deleted(keeper: Client, loting: Loting) -> None:
    keeper.post(reverse("lotingen:delete", args=[loting.pk]))
    empty, asked = prepared("leeg"), prepared("gevraagd")
    with_question(asked)
    opened = prepared("open", staat=Staat.OPEN)
    for row in (empty, asked, opened):
        keeper.post(reverse("lotingen:delete", args=[row.pk]))
    left = set(Loting.objects.values_list("slug", flat=True))
    assert {loting.slug, "gevraagd", "open"} <= left
    assert "leeg" not in left


# --- steps ----------------------------------------------------------------------------------------


def test_what_stops_a_step_is_said_and_the_button_is_not_there(keeper: Client, loting: Loting) -> None:
    row = prepared()
    with_question(row, minimum=13)
    text = plain_text(keeper.get(overview(row)))
    assert "Er is nog geen pagina over deze loting." in text
    assert "Samen vraagt u minstens 13 zetels. Er zijn er 12." in text
    assert "Waarom? Dit staat ook op de pagina" not in text


def test_a_step_needs_a_reason_and_is_written_down(keeper: Client, loting: Loting) -> None:
    row = prepared()
    with_page(row)
    address = reverse("desk_loting_step", args=[row.pk])
    refused = keeper.post(address, {"naar": "open", "reden": "  "})
    assert refused.status_code == 200
    assert "Schrijf op waarom." in html(refused)
    assert keeper.post(address, {"naar": "open", "reden": "Alles is klaar."}).status_code == 302
    row.refresh_from_db()
    assert row.staat == Staat.OPEN
    stap = Lotingstap.objects.get(loting=row)
    assert (stap.reden, str(stap.door)) == ("Alles is klaar.", "test-lotingbeheerder")
    assert "Alles is klaar." in html(keeper.get(overview(row)))


@pytest.mark.parametrize("naar", ["getrokken", "bezet", "afgerond", "concept", "open", "", "x\0", "bevroren"])
def test_no_other_step_than_those_shown_can_be_taken(keeper: Client, loting: Loting, naar: str) -> None:
    keeper.post(reverse("desk_loting_step", args=[loting.pk]), {"naar": naar, "reden": "Zomaar."})
    loting.refresh_from_db()
    assert loting.staat == Staat.OPEN


def test_a_reason_with_anything_in_it_is_only_text(keeper: Client, loting: Loting) -> None:
    reason = "<b>\0" + "é" * 700
    keeper.post(reverse("desk_loting_step", args=[loting.pk]), {"naar": "gesloten", "reden": reason})
    stap = Lotingstap.objects.filter(loting=loting).latest("pk")
    assert len(stap.reden) <= 600
    assert "&lt;b&gt;" in html(keeper.get(overview(loting)))


def test_pressing_a_step_twice_takes_it_once(keeper: Client, loting: Loting) -> None:
    before = loting.stappen.count()
    for _time in range(2):
        keeper.post(
            reverse("desk_loting_step", args=[loting.pk]), {"naar": "gesloten", "reden": "Genoeg mensen."}
        )
    assert loting.stappen.count() == before + 1


def test_longer_is_possible_and_shorter_or_past_the_draw_is_not(keeper: Client, loting: Loting) -> None:
    address = reverse("desk_loting_extend", args=[loting.pk])

    def ask(until: Any, reden: str = "Er zijn nog weinig jongeren.") -> Any:
        typed = f"{localtime(until):%Y-%m-%dT%H:%M}" if until else "morgen"
        return keeper.post(address, {"until": typed, "reden": reden})

    closes = loting.sluit_op
    assert "Verlengen kan alleen naar later." in html(ask(closes - timedelta(days=1)))
    assert "Aanmelden stopt vóór de loting." in html(ask(loting.trekking_op + timedelta(days=1)))
    assert "Kies een dag en een tijd." in html(ask(None))
    assert "Schrijf op waarom." in html(ask(closes + timedelta(days=1), reden=""))
    assert ask(closes + timedelta(days=1)).status_code == 302
    loting.refresh_from_db()
    assert loting.sluit_op == closes + timedelta(days=1)
    assert "verlengd" in plain_text(keeper.get(overview(loting)))


def test_the_overview_leads_to_every_room_that_is_there(keeper: Client, loting: Loting) -> None:
    text = html(keeper.get(overview(loting)))
    for name in ("features", "signups", "doubles", "quota", "access"):
        assert reverse(f"desk_loting_{name}", args=[loting.pk]) in text


# --- questions ------------------------------------------------------------------------------------


def rows_of(*options: dict[str, Any], stored: int = 0) -> dict[str, Any]:
    data: dict[str, Any] = {"form-TOTAL_FORMS": len(options), "form-INITIAL_FORMS": stored}
    for number, option in enumerate(options):
        data |= {f"form-{number}-{name}": value for name, value in option.items()}
    return data


def test_a_question_is_made_with_its_answers_in_order(keeper: Client, loting: Loting) -> None:
    row = prepared()
    response = keeper.post(
        reverse("desk_loting_feature_add", args=[row.pk]),
        {
            "vraag": "In wat voor huis woont u?",
            "is_verplicht": "on",
            "doen": "bewaren",
            **rows_of(
                {"label": "Koop", "minimum": "3", "maximum": "6", "plaats": "2"},
                {"label": "Huur", "aandeel": "41,5", "bron": "CBS, 2024", "plaats": "1"},
                {"label": ""},
            ),
        },
    )
    assert response.headers["Location"] == features(row)
    kenmerk = Kenmerk.objects.get(loting=row)
    assert (kenmerk.code, kenmerk.is_verplicht) == ("in-wat-voor-huis-woont-u", True)
    options = list(kenmerk.opties.order_by("order"))
    assert [(option.code, option.aandeel) for option in options] == [
        ("huur", Decimal("41.5")),
        ("koop", None),
    ]
    assert [tuple(option.quota(seats=12)) for option in options] == [(4, 5), (3, 6)]
    text = plain_text(keeper.get(features(row)))
    assert "Samen minstens 7 en hoogstens 11, voor 12 zetels." in text
    assert "Samen mogen hoogstens 11 zetels bezet zijn. Er zijn er 12." in text


def test_counting_again_stores_nothing_and_shows_the_sum(keeper: Client, loting: Loting) -> None:
    row = prepared()
    response = keeper.post(
        reverse("desk_loting_feature_add", args=[row.pk]),
        {
            "vraag": "Huurt u?",
            "doen": "rekenen",
            **rows_of({"label": "Ja", "minimum": "8"}, {"label": "Nee", "minimum": "6"}),
        },
    )
    text = plain_text(response)
    assert "Samen vraagt u minstens 14 zetels. Er zijn er 12." in text
    assert "Samen minstens 14 en hoogstens 24" in text
    assert 'value="Huurt u?"' in html(response)
    assert not Kenmerk.objects.filter(loting=row).exists()


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([{"label": "A", "minimum": "5", "maximum": "3"}], "Hoogstens is niet minder dan minstens."),
        ([{"label": "A", "minimum": "-1"}], "Vul een heel getal in, 0 of meer."),
        ([{"label": "A", "minimum": "1e9"}], "Vul een heel getal in, 0 of meer."),
        ([{"label": "A", "aandeel": "101"}], "Vul een percentage in tussen 0 en 100."),
        ([{"label": "A", "aandeel": "NaN"}], "Vul een percentage in tussen 0 en 100."),
        ([{"label": "", "minimum": "2"}], "Schrijf het antwoord op, of haal de rij weg."),
        ([{"label": "Ja"}, {"label": "ja"}], "Twee antwoorden zijn hetzelfde."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_stored(
    keeper: Client, loting: Loting, rows: list[dict[str, str]], sentence: str
) -> None:
    row = prepared()
    response = keeper.post(
        reverse("desk_loting_feature_add", args=[row.pk]),
        {"vraag": "Vraag?", "doen": "bewaren", **rows_of(*rows)},
    )
    assert sentence in html(response)
    assert not Kenmerk.objects.filter(loting=row).exists()


def test_a_special_kind_of_data_is_never_required(keeper: Client, loting: Loting) -> None:
    response = keeper.post(
        reverse("desk_loting_feature_add", args=[prepared().pk]),
        {"vraag": "V?", "is_verplicht": "on", "is_bijzonder": "on", "doen": "bewaren", **rows_of({})},
    )
    assert "Een bijzonder persoonsgegeven is nooit verplicht." in html(response)


@pytest.mark.parametrize("total", ["", "x", "-1", "99999999", "25"])
def test_a_form_that_was_tampered_with_is_an_error_on_the_screen(
    keeper: Client, loting: Loting, total: str
) -> None:
    row = prepared()
    data = {"vraag": "V?", "doen": "bewaren", "form-TOTAL_FORMS": total, "form-INITIAL_FORMS": "0"}
    response = keeper.post(reverse("desk_loting_feature_add", args=[row.pk]), data)
    assert response.status_code in (200, 302)


def test_an_answer_goes_changes_and_keeps_its_code(keeper: Client, loting: Loting) -> None:
    kenmerk = with_question(prepared())
    address = reverse("desk_loting_feature", args=[kenmerk.loting_id, kenmerk.pk])
    fields = sent_along(keeper, address)
    fields |= {"form-0-label": "Een huurhuis", "form-1-weg": "on", "form-2-label": "Een boot"}
    keeper.post(address, {**fields, "doen": "bewaren"})
    found = list(kenmerk.opties.order_by("order").values_list("code", "label"))
    assert found == [("huur", "Een huurhuis"), ("een-boot", "Een boot")]


def test_what_a_colleague_changed_is_not_overwritten(keeper: Client, loting: Loting) -> None:
    kenmerk = with_question(prepared())
    address = reverse("desk_loting_feature", args=[kenmerk.loting_id, kenmerk.pk])
    fields = sent_along(keeper, address)
    Antwoordoptie.objects.filter(kenmerk=kenmerk, code="koop").update(minimum=2)
    response = keeper.post(address, {**fields, "vraag": "Van mij?", "doen": "bewaren"})
    assert "Een collega wijzigde deze vraag intussen." in html(response)
    kenmerk.refresh_from_db()
    assert kenmerk.vraag == "Vraag over woning?"


def test_an_answer_of_another_question_is_not_taken_along(keeper: Client, loting: Loting) -> None:
    row = prepared()
    mine, other = with_question(row), with_question(row, "auto")
    stranger = other.opties.get(code="huur")
    address = reverse("desk_loting_feature", args=[row.pk, mine.pk])
    fields = {**sent_along(keeper, address), "form-0-pk": str(stranger.pk), "form-0-label": "Gestolen"}
    keeper.post(address, {**fields, "doen": "bewaren"})
    stranger.refresh_from_db()
    assert (stranger.kenmerk, stranger.label) == (other, "Huur")


def test_questions_move_and_go(keeper: Client, loting: Loting) -> None:
    row = prepared()
    first, second = with_question(row), with_question(row, "auto")
    keeper.post(features(row), {"doen": "omhoog", "vraag": second.pk})
    order = Kenmerk.objects.filter(loting=row).order_by("order").values_list("code", flat=True)
    assert list(order) == ["auto", "woning"]
    keeper.post(reverse("desk_loting_feature", args=[row.pk, first.pk]), {"doen": "weg"})
    assert list(order.all()) == ["auto"]
    assert not Antwoordoptie.objects.filter(kenmerk=first.pk).exists()


@pytest.mark.parametrize(
    "data",
    [{}, {"doen": "onzin"}, {"doen": "omhoog", "vraag": "²"}, {"doen": "overnemen", "van": "9" * 40}],
)
def test_nonsense_is_answered_in_words(keeper: Client, loting: Loting, data: dict[str, str]) -> None:
    response = keeper.post(features(prepared()), data, follow=True)
    assert response.status_code == 200


def test_once_open_nothing_about_the_questions_changes(keeper: Client, loting: Loting) -> None:
    kenmerk = Kenmerk.objects.source().filter(loting=loting).order_by("order")[1]
    address = reverse("desk_loting_feature", args=[loting.pk, kenmerk.pk])
    assert keeper.get(address).headers["Location"] == features(loting)
    text = html(keeper.get(features(loting)))
    assert "blijven zoals ze zijn" in text and "Vraag toevoegen" not in text
    before = list(Antwoordoptie.objects.order_by("pk").values())
    seen = feature_actions.fingerprint(kenmerk)
    response = keeper.post(
        address, {"vraag": "Anders?", "gezien": seen, "doen": "bewaren", **rows_of({"label": "A"})}
    )
    assert "De loting is al geopend." in html(response)
    keeper.post(address, {"doen": "weg"})
    for what in ("cijfers", "omhoog", "overnemen"):
        keeper.post(features(loting), {"doen": what, "vraag": kenmerk.pk, "van": prepared(what).pk})
    assert list(Antwoordoptie.objects.order_by("pk").values()) == before
    assert list(Kenmerk.objects.filter(pk=kenmerk.pk).values_list("vraag", "order")) == [
        (kenmerk.vraag, kenmerk.order)
    ]


def test_the_figures_of_the_wijk_come_with_source_and_date(keeper: Client, loting: Loting) -> None:
    kenmerk = with_question(prepared(), cijfer=Wijkcijfer.Soort.HUURWONINGEN_AANDEEL)
    text = plain_text(keeper.post(features(kenmerk.loting), {"doen": "cijfers"}, follow=True))
    option = kenmerk.opties.get(code="huur")
    assert option.aandeel and option.bron
    assert option.bron in text
    again = keeper.post(features(kenmerk.loting), {"doen": "cijfers"}, follow=True)
    assert "Er is niets veranderd" in html(again)


def test_questions_of_another_loting_come_with_their_translations(keeper: Client, loting: Loting) -> None:
    row = prepared()
    languages = set(
        Kenmerk.objects.filter(loting=loting).values_list("locale__language_code", flat=True).distinct()
    )
    assert len(languages) > 1
    for _time in range(2):
        keeper.post(features(row), {"doen": "overnemen", "van": loting.pk})
    old, new = (Kenmerk.objects.filter(loting=which).order_by("order", "pk") for which in (loting, row))
    words = ("code", "vraag", "uitleg", "locale__language_code")
    assert set(new.values_list(*words)) == set(old.values_list(*words))
    assert not set(new.values_list("translation_key")) & set(old.values_list("translation_key"))
    options = ("kenmerk__code", "code", "label", "minimum", "maximum", "aandeel", "locale__language_code")
    assert set(Antwoordoptie.objects.filter(kenmerk__loting=row).values_list(*options)) == set(
        Antwoordoptie.objects.filter(kenmerk__loting=loting).values_list(*options)
    )


def test_how_far_the_translation_is_stands_per_language(keeper: Client, loting: Loting) -> None:
    text = plain_text(keeper.get(features(loting)))
    count = Kenmerk.objects.source().filter(loting=loting).count()
    assert f"Engels: {count} van {count} vragen vertaald" in text or f"van {count} vragen vertaald" in text
    row = prepared()
    with_question(row)
    fresh = plain_text(keeper.get(features(row)))
    assert fresh.count("0 van 1 vraag vertaald") == Locale.objects.count() - 1


def test_translators_reach_the_words_and_never_the_facts(loting: Loting) -> None:
    client = browser(account("vertaler"))
    source = Kenmerk.objects.source().filter(loting=loting).first()
    assert source
    edit = reverse("wagtailsnippets_participatie_kenmerk:edit", args=[source.pk])
    assert "/inspect/" in client.get(edit).headers["Location"]
    client.post(edit, {"vraag": "Iets anders?", "uitleg": ""})
    before = source.vraag
    source.refresh_from_db()
    assert source.vraag == before
    english = source.get_translations().first()
    assert english
    assert (
        client.get(reverse("wagtailsnippets_participatie_kenmerk:edit", args=[english.pk])).status_code == 200
    )


def test_the_screens_take_the_same_queries_for_more(
    keeper: Client, loting: Loting, django_assert_max_num_queries: Any
) -> None:
    for address, most in ((overview(loting), 32), (features(loting), 26)):
        keeper.get(address)
        with django_assert_max_num_queries(most):
            keeper.get(address)
