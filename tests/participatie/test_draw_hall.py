"""The draw on the big screen, and the rehearsal that only staff see there."""

import pytest
from django.test import Client
from django.urls import reverse

from participatie.draw import ceremony
from participatie.draw.public import Stage, rehearsal_story_of
from participatie.models import Loting
from tests.html import Document
from tests.participatie import draws
from tests.participatie.own import PAGE
from tests.participatie.test_draw_page import html_of

pytestmark = pytest.mark.django_db
HALL = f"{PAGE}trekking/zaal/"


@pytest.mark.parametrize(
    ("stage", "said", "refreshes"),
    [
        (Stage.AANMELDEN, "Hier wordt straks geloot", True),
        (Stage.VASTGELEGD, "Alles ligt vast", True),
        (Stage.VERLOPEN, "Er is niet op tijd gegooid", True),
        (Stage.GEGOOID, "De dobbelstenen liggen", True),
        (Stage.GETROKKEN, "Er is geloot", False),
    ],
)
def test_what_it_shows_and_whether_it_looks_again(
    client: Client, loting: Loting, stage: Stage, said: str, refreshes: bool
) -> None:
    with draws.at(draws.in_stage(loting, stage)):
        html = html_of(client, HALL)
    assert said in Document(html).first("h1").all_text
    assert ('http-equiv="refresh"' in html) == refreshes
    assert ("data-klaar" in html) != refreshes


def test_the_whole_list_is_there_without_script(client: Client, loting: Loting) -> None:
    draws.drawn(loting)
    document = Document(html_of(client, HALL))
    items = [item for item in document.all("li") if item.inside("section")]
    assert len(items) == loting.zetels + loting.reserves
    # Hiding is what the script does.
    assert not [one for one in document.elements if "data-dicht" in one.attrs]
    assert [
        one.all_text for one in document.elements if "wijk-steen" in one.attrs.get("class", "").split()
    ] == [*draws.DICE]


def test_it_is_another_version_after_every_step(client: Client, loting: Loting) -> None:
    versions = []
    vastlegging = draws.promised(draws.moved(loting))

    def look() -> None:
        page = Document(html_of(client, HALL))
        versions.append(next(one.attrs["data-stand"] for one in page.elements if "data-zaal" in one.attrs))

    with draws.at(draws.DRAWS_AT + draws.SHORTLY):
        look()
        look()
        worp = ceremony.throw(vastlegging=vastlegging, dice="001", by=None)
        look()
    draws.finished(worp)
    look()
    assert versions[0] == versions[1]
    assert len(set(versions)) == 3


def test_a_rehearsal_is_for_staff_alone(keeper: Client, client: Client, loting: Loting) -> None:
    address = reverse("desk_loting_rehearsal_hall", args=[loting.pk])
    assert keeper.get(address).status_code == 404
    made = draws.rehearsed(loting)
    with draws.at(made.op):
        response = keeper.get(address)
        assert response.status_code == 200
        assert "OEFENING" in response.content.decode()
        assert "no-store" in response.headers["Cache-Control"]
        assert client.get(address).status_code == 302
        assert "OEFENING" not in html_of(client, HALL)
        story = rehearsal_story_of(made.trekking, now=made.op)
        assert (story.stage, story.log.lines) == (Stage.GETROKKEN, ())
