"""Whatever people type, choose and press, in whatever order: no form is lost, and nothing comes in twice."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from home.models import Kopij, Kopijconcept
from tests.caches import empty_the_caches
from tests.core import pictures
from tests.home.krant.kopij import TYPED, edition, fields_of, opened, picture, send, solved

pytestmark = pytest.mark.django_db

# By name, so that a step can be read.
LONG = {"<200 kB>": "x" * 200_000, "<3001 bloemen>": "🌻" * 3001}
FILES = {
    "right": pictures.jpeg((30, 20)),
    **{name: content for name, (content, _why) in pictures.REFUSED.items() if name != "20 MB"},
}
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from(
    [
        "",
        " ",
        "\0",
        "a\0b",
        "x" * 200_000,
        "🌻" * 3001,
        "<script>alert(1)</script>",
        "مرحبا",
        "\u202e",
        "{ x }",
    ]
)
UPLOADS = ("foto1", "foto2")
TEXTS = ("titel", "tekst", "naam", "mail", "telefoon", "foto1_beschrijving", "foto2_maker")
CHOICES = ("teksttaal", "rubriek", "noemen", "foto1_toestemming", "foto3_toestemming", "code", "foto_weg")
files = st.just("right") | st.sampled_from(sorted(FILES))
step = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys((*TEXTS, *CHOICES), anything),
        "foto1": files,
        "foto2": files,
        "code_nieuw": st.just("1"),
        "website": st.just("x"),
        "formulier": st.sampled_from(["", "x", "x:y:z"]),
    },
)


@settings(
    max_examples=10,
    # A failure says enough as it is; making it smaller takes minutes.
    phases=[Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(step, min_size=1, max_size=4))
def test_nothing_is_lost_and_nothing_comes_twice(client: Client, steps: list[dict[str, Any]]) -> None:
    empty_the_caches()
    edition()
    Kopijconcept.objects.all().delete()
    before = Kopij.objects.count()
    fields, kept = {**opened(client), **TYPED}, set[str]()
    for changes in steps:
        chosen = {name: changes[name] for name in UPLOADS if name in changes}
        typed = {name: LONG.get(value, value) for name, value in changes.items() if name not in UPLOADS}
        sent = {**fields, **typed}
        uploads = {name: picture(FILES[file]) for name, file in chosen.items()}
        response = send(client, {**sent, **uploads})
        assert response.status_code in (200, 303), response.status_code
        if response.status_code == 303:
            assert Kopij.objects.count() == before + 1
            assert send(client, sent).headers["Location"] == response.headers["Location"]
            assert Kopij.objects.count() == before + 1
            return
        if "formulier" in typed:
            # A form that is none of ours is a new one; what was chosen in it comes along.
            kept = set()
        kept |= {name for name, file in chosen.items() if file == "right"}
        kept -= {f"foto{typed.get('foto_weg', '')}"}
        assert response.content.decode().count("data:image/jpeg;base64,") == len(kept)
        fields = fields_of(response)
        for name in TEXTS:
            assert fields[name].split() == sent.get(name, "").replace("\0", "").split(), name
        fields = solved(fields)
    words = {f"{name}_{part}": "niemand" for name in kept for part in ("beschrijving", "toestemming")}
    # A form that was opened anew a moment ago would be too quick.
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=True):
        response = send(client, {**fields, **dict.fromkeys(TEXTS[5:], ""), **TYPED, "website": "", **words})
    assert response.status_code == 303, response.content.decode()
    assert Kopij.objects.count() == before + 1
    assert Kopij.objects.latest("pk").fotos.count() == len(kept)
