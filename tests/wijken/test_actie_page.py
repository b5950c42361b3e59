"""The page of an action: what was promised first and now, how it stands, and what was told about it."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client

from core.models import SiteImage
from tests.caches import empty_the_caches
from tests.html import Document, Element, faults
from tests.wijken.telling import actie, correct, draft, steps, tell
from wijken.actions import record_planning
from wijken.models import Actie, Actieplan, Terugblik

pytestmark = pytest.mark.django_db
BOARD = 7  # a board along the road in 2024-Q2, and a display without a date
STREET = 6  # talks in 2024-Q2, then work on the street in 2025-Q2


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel("2026-11-22 12:00:00+00:00", tick=False):
        yield


def page_of(of: Actie, client: Client, language: str = "nl") -> Document:
    page = of.pages.get(locale__language_code=language)
    # What a test changes is never committed, so the caches do not hear of it.
    empty_the_caches()
    response = client.get(page.url)
    assert response.status_code == 200
    html = response.content.decode()
    assert faults(html) == []
    return Document(html)


def words(element: Element | Document) -> str:
    if isinstance(element, Document):
        element = element.first("main")
    return " ".join(element.all_text.split())


def with_class(document: Document, name: str) -> list[Element]:
    return [each for each in document.elements if name in each.attrs.get("class", "").split()]


def part(document: Document, name: str) -> str:
    """The words of the first element with a class."""
    return words(with_class(document, name)[0])


def pairs(document: Document) -> list[tuple[str, str]]:
    """(first promise, promise of now) of each step."""
    return [
        (words(pair.children[0].children[1]), words(pair.children[1].children[1]))
        for pair in with_class(document, "wijk-belofte__paar")
    ]


def test_late_without_a_word(client: Client) -> None:
    document = page_of(actie(BOARD), client)
    standing = part(document, "wijk-oordeel")
    for said in ("Te laat", "875 dagen over tijd", "nog geen reden gegeven", "nog geen update geplaatst"):
        assert said in standing
    assert "30 juni 2024" in standing
    assert "Geen nieuws sinds 35 maanden" in standing
    assert pairs(document) == [
        ("2e kwartaal van 2024", "2e kwartaal van 2024"),
        ("Nog te bepalen", "Nog te bepalen"),
    ]
    assert "Nog geen update geplaatst." in words(document)
    assert "14 0255" in words(document)


def test_silence_counts_from_what_the_plan_says(client: Client) -> None:
    Actieplan.objects.update(silent_after=36)
    assert "Geen nieuws sinds" not in words(page_of(actie(BOARD), client))


def test_begun_with_a_reason_is_still_late(client: Client) -> None:
    tell(actie(BOARD), date(2026, 11, 1), "Wij zijn bezig.", verandering="bezig", reden="De borden zijn op.")
    standing = part(page_of(actie(BOARD), client), "wijk-oordeel")
    assert "Te laat" in standing
    assert "De borden zijn op." in standing
    assert "nog geen reden" not in standing
    assert "1 november 2026" in standing


def test_a_draft_is_not_shown(client: Client) -> None:
    draft(actie(BOARD), date(2026, 11, 1), "Dit is nog geheim.", reden="Nog niet.")
    document = page_of(actie(BOARD), client)
    assert "geheim" not in words(document)
    assert "nog geen update geplaatst" in part(document, "wijk-oordeel")


def test_a_promise_that_moved_keeps_the_first_one_beside_it(client: Client) -> None:
    step = steps(actie(STREET))[1]
    moves = [("2026-Q4", "De kabels liggen in de weg.", 2), ("2027-H2", "De netbeheerder komt later.", 12)]
    for periode, reden, day in moves:
        record_planning(
            mijlpaal=step,
            periode=periode,
            zekerheid="onzeker",
            reden=reden,
            na=steps(actie(STREET))[0],
            vastgelegd_op=date(2026, 11, day),
        )
    document = page_of(actie(STREET), client)
    assert pairs(document)[1] == ("2e kwartaal van 2025", "2e half jaar van 2027")
    card = words(with_class(document, "wijk-belofte")[1])
    assert "2 jaar en 6 maanden later dan eerst beloofd." in card
    assert "Zekerheid: onzeker" in card
    assert "Kan pas na de stap:" in card
    [history] = with_class(document, "wijk-verloop")
    assert [line.children[0].children[0].all_text.strip() for line in history.children] == [
        "2e half jaar van 2027",
        "4e kwartaal van 2026",
        "2e kwartaal van 2025",
    ]
    for _periode, reden, day in moves:
        assert reden in words(history)
        assert f"{day} november 2026" in words(history)
    assert "na de gesprekken over het ontwerp" in words(history)


def test_a_promise_of_tomorrow_is_not_known_yet(client: Client) -> None:
    record_planning(
        mijlpaal=steps(actie(STREET))[1],
        periode="2027-Q4",
        zekerheid="onzeker",
        reden="Dat horen wij morgen.",
        vastgelegd_op=date(2026, 11, 23),
    )
    document = page_of(actie(STREET), client)
    assert pairs(document)[1] == ("2e kwartaal van 2025", "2e kwartaal van 2025")
    assert "morgen" not in words(document)


def test_reached_says_when_and_how_late(client: Client) -> None:
    first, second = steps(actie(STREET))
    tell(actie(STREET), date(2026, 10, 1), "Klaar met praten.", mijlpaal=first, gehaald_op=date(2026, 9, 20))
    document = page_of(actie(STREET), client)
    card = words(with_class(document, "wijk-belofte--gehaald")[0])
    assert "20 september 2026" in card
    assert "2 jaar en 2 maanden na de eerste belofte" in card
    assert "Te laat" in part(document, "wijk-oordeel")
    tell(actie(STREET), date(2026, 10, 2), "Ook dat.", mijlpaal=second, gehaald_op=date(2026, 10, 2))
    assert "Klaar" in part(page_of(actie(STREET), client), "wijk-oordeel--klaar")


def test_stopped_says_why(client: Client) -> None:
    tell(actie(13), date(2026, 10, 1), "Dit stopt.", verandering="gestopt", reden="Het gebouw is verkocht.")
    document = page_of(actie(13), client)
    standing = part(document, "wijk-oordeel--gestopt")
    assert "Gestopt" in standing
    assert "Het gebouw is verkocht." in standing
    assert not with_class(document, "wijk-belofte--laat")


def test_a_correction_leaves_the_old_message_readable(client: Client) -> None:
    wrong = tell(
        actie(BOARD), date(2026, 11, 1), "Het bord hangt.", mijlpaal=steps(actie(BOARD))[0],
        gehaald_op=date(2026, 11, 1),
    )  # fmt: skip
    better = correct(wrong, "Het bord is besteld.")
    document = page_of(actie(BOARD), client)
    messages = {each.attrs["id"]: each for each in with_class(document, "wijk-bericht")}
    assert list(messages) == [f"bericht-{better.pk}", f"bericht-{wrong.pk}"]
    old, new = messages[f"bericht-{wrong.pk}"], messages[f"bericht-{better.pk}"]
    assert "Het bord hangt." in words(old)
    assert "verbeterd op" in words(old)
    assert "22 november 2026" in words(old)
    assert "Het bord is besteld." in words(new)
    assert "verbetert het bericht van" in words(new)
    links = {link.attrs["href"] for link in document.all("a")}
    assert {f"#bericht-{wrong.pk}", f"#bericht-{better.pk}"} <= links


def test_a_message_with_a_picture_and_a_new_planning(client: Client) -> None:
    tell(
        actie(STREET),
        date(2026, 11, 10),
        "Het wordt later.",
        mijlpaal=steps(actie(STREET))[1],
        periode="2027-H1",
        zekerheid="verwacht",
        reden="De kabels moeten eerst.",
        foto=SiteImage.objects.all()[0],
        foto_alt="Een open straat met kabels.",
    )
    document = page_of(actie(STREET), client)
    message = with_class(document, "wijk-bericht")[0]
    assert "1e half jaar van 2027" in words(message)
    assert "De kabels moeten eerst." in words(message)
    assert "Gemeente Velsen" in words(message)
    assert "Een open straat met kabels." in {image.attrs["alt"] for image in document.all("img")}
    assert pairs(document)[1] == ("2e kwartaal van 2025", "1e half jaar van 2027")


@pytest.mark.parametrize(
    ("nummer", "plan", "said"),
    [
        (9, "actieplan", ["€ 100.000", "Weerbare wijken", "€ 1.050.000", "project 7", "€ 150.000"]),
        (7, "samen-gezellig", ["€ 50.000", "actie 9", "€ 100.000", "€ 150.000"]),
        (4, "samen-gezellig", ["uit een ander budget", "actie 6", "€ 25.000"]),
        (6, "actieplan", ["€ 25.000", "project 4", "Daar staat geen bedrag"]),
        (14, "actieplan", ["uit een ander budget", "€ 80.000", "Algemene reserve"]),
        (15, "actieplan", ["niet van toepassing of nog niet bekend"]),
    ],
)  # fmt: skip
def test_money(nummer: int, plan: str, said: list[str], client: Client) -> None:
    money = part(page_of(actie(nummer, plan), client), "wijk-kosten").replace("\xa0", " ")
    assert [words for words in said if words not in money] == []


def test_who_where_and_what_for(client: Client) -> None:
    document = page_of(actie(8), client)
    facts = part(document, "wijk-feitenkaart")
    for name in ("Gemeente Velsen", "Stratingplantsoen", "Duinvliet", "Veilige woonomgeving"):
        assert name in facts
    links = {link.attrs.get("href", "") for link in document.all("a")}
    assert any(link.endswith("perspectief-2-veiliger-in-velsen-noord/#opgave-1") for link in links)
    assert any("actie-7-" in link for link in links)
    assert any("actie-9-" in link for link in links)
    assert "Over de bron" in words(document)


def test_the_open_question_of_a_look_back(client: Client) -> None:
    assert "Merkt u hier iets van?" not in words(page_of(actie(BOARD), client))
    terugblik = Terugblik.objects.get()
    terugblik.vraag_van, terugblik.vraag_tot = date(2026, 11, 1), date(2026, 11, 22)
    terugblik.save()
    document = page_of(actie(BOARD), client)
    assert "Merkt u hier iets van?" in words(document)
    [answer] = [
        link.attrs["href"] for link in document.all("a") if link.attrs.get("href", "").count("/antwoord/")
    ]
    form = Document(client.get(answer).content.decode())
    [chosen] = [option for option in form.all("option") if "selected" in option.attrs]
    assert "Rustiger rijden" in chosen.all_text
    with time_machine.travel("2026-11-23 12:00:00+00:00", tick=False):
        assert "Merkt u hier iets van?" not in words(page_of(actie(BOARD), client))


def test_the_facts_are_the_same_in_english(client: Client) -> None:
    tell(actie(STREET), date(2026, 11, 10), "Alleen in het Nederlands.", reden="Een Nederlandse reden.")
    document = page_of(actie(STREET), client, "en")
    assert with_class(document, "wijk-oordeel--te_laat")
    message = with_class(document, "wijk-bericht")[0]
    dutch = [each for each in document.elements if each.attrs.get("lang") == "nl"]
    assert any("Alleen in het Nederlands." in words(each) for each in dutch)
    assert "10 November 2026" in words(message)


class TestCard:
    """The card that other sites may show."""

    def card(self, client: Client, language: str = "nl"):
        page = actie(BOARD).pages.get(locale__language_code=language)
        response = client.get(page.card_address)
        assert response.status_code == 200
        return page, response

    def test_anyone_may_frame_it_and_nothing_else(self, client: Client) -> None:
        page, response = self.card(client)
        for _kept in (False, True):
            policy = response.headers["Content-Security-Policy"]
            assert "frame-ancestors *" in policy
            assert "default-src 'self'" in policy
            assert "form-action 'self'" in policy
            assert "X-Frame-Options" not in response.headers
            assert not response.cookies
            response = client.get(page.card_address)
        assert response.headers["X-Cache"] == "hit"
        for path in (page.url, page.feed_address):
            other = client.get(path)
            assert "frame-ancestors 'none'" in other.headers["Content-Security-Policy"]
            assert other.headers["X-Frame-Options"] == "DENY"

    def test_it_says_how_the_action_stands(self, client: Client) -> None:
        page, response = self.card(client)
        html = response.content.decode()
        assert faults(html) == []
        document = Document(html)
        said = words(document)
        for piece in ("Actie 7", "Te laat", "875 dagen", "2e kwartaal van 2024", "Nog geen update geplaatst"):
            assert piece in said
        [link] = document.all("a")
        assert link.attrs["target"] == "_top"
        assert link.attrs["href"].endswith(page.url)
        assert [each.attrs["href"] for each in document.all("link") if each.attrs["rel"] == "stylesheet"] == [
            "/static/core/kaart.css"
        ]
        assert not document.all("script")

    def test_in_english(self, client: Client) -> None:
        page, response = self.card(client, "en")
        assert response.headers["Content-Language"] == "en"
        assert page.title in words(Document(response.content.decode()))

    def test_the_code_to_copy_works_as_it_is(self, client: Client) -> None:
        document = page_of(actie(BOARD), client)
        page = actie(BOARD).pages.get(locale__language_code="nl")
        [field] = [each for each in document.all("textarea") if "readonly" in each.attrs]
        frame = Document(field.text.strip()).first("iframe")
        assert frame.attrs["src"].endswith(page.card_address)
        assert frame.attrs["title"] == page.title
        copied = [each.attrs.get("data-wijk-kopieer") for each in document.all("button")]
        assert field.text.strip() in copied
