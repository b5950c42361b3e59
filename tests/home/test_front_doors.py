"""The tree stands in every language, and a new language is found at once."""

import pytest
from django.test import Client
from wagtail.models import Locale, Page, Site

from home.models import HomePage


@pytest.mark.django_db
def test_the_tree_of_the_demo_is_sound_in_every_language(client: Client) -> None:
    problems = Page.find_problems()
    assert not any(problems), problems
    assert client.get("/en/wijken/velserbroek/").status_code == 200


@pytest.mark.django_db
def test_a_front_door_in_a_new_language_is_known_at_once(
    django_capture_on_commit_callbacks,
) -> None:
    assert "ar" not in {root.language_code for root in Site.get_site_root_paths()}
    locale = Locale.objects.create(language_code="ar")
    with django_capture_on_commit_callbacks(execute=True):
        door = HomePage.objects.get(locale__language_code="nl").copy_for_translation(locale)
        door.save_revision().publish()
    assert "ar" in {root.language_code for root in Site.get_site_root_paths()}
    assert door.url == "/ar/"
