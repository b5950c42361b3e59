"""The pages of the draw in the pseudo-language: every text on them can be translated."""

import pytest
from django.test import Client

from participatie.draw.public import Stage
from participatie.models import Loting
from tests.caches import empty_the_caches
from tests.participatie import draws
from tests.untranslated import LANGUAGE, left_in_dutch

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("written", "pseudo")]
DRAW = f"/{LANGUAGE}/wijken/velsen-noord/loting/trekking/"


@pytest.mark.parametrize("stage", Stage)
def test_every_text_of_it_is_translated(client: Client, stage: Stage) -> None:
    loting = Loting.objects.get(slug="velsen-noord")
    moment = draws.in_stage(loting, stage)
    with draws.at(moment):
        for tail in ("", "uitleg/", "zaal/"):
            empty_the_caches()
            response = client.get(f"{DRAW}{tail}")
            assert response.status_code == 200
            html = response.content.decode()
            assert html.count("⟦") > 5
            assert left_in_dutch(html) == set(), tail


def test_a_simple_draw(client: Client) -> None:
    loting = draws.simple(Loting.objects.get(slug="velsen-noord"))
    with draws.at(draws.in_stage(loting, Stage.GETROKKEN)):
        for tail in ("", "uitleg/", "zaal/"):
            empty_the_caches()
            assert left_in_dutch(client.get(f"{DRAW}{tail}").content.decode()) == set(), tail
