"""Whatever happens, in any order: no words of a person are lost, and no machine's go live by themselves."""

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import polib
import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail_localize.models import StringSegment, StringTranslation

from core.models import BasePage, User
from core.translating import machine, po
from tests.caches import empty_the_caches
from tests.desk import allow_unknown_variables
from tests.translating.pages import Pair, all_texts, block, committing, make_pair
from tests.translating.service import DATABASE_TASKS, TranslateServer, shout, translate_server, work

pytestmark = pytest.mark.django_db

MACHINE = "⚙"
DUTCH = (
    "De wijkboerderij is elke woensdag open van tien tot vier uur.",
    "De wijkboerderij is elke woensdag open van tien tot vijf uur.",
    'Kijk op de <a href="https://example.nl/">website</a> voor meer.',
    "Tot ziens.",
    "Iets heel anders over de speeltuin.",
)

texts = st.sampled_from(DUTCH)
ids = st.sampled_from(["a", "b", "c"])
step = st.one_of(
    st.tuples(
        st.just("edit_dutch"),
        st.lists(st.tuples(texts, ids), min_size=1, max_size=3, unique_by=lambda x: x[1]),
    ),
    st.tuples(st.just("retitle"), st.sampled_from(["Proef", "Proef twee", "Wat nu?"])),
    st.tuples(st.just("resync"), st.booleans()),
    st.tuples(st.just("machine"), st.none()),
    st.tuples(st.just("write"), st.integers(0, 4)),
    st.tuples(st.just("delete"), st.integers(0, 4)),
    st.tuples(st.just("file"), st.tuples(st.integers(0, 4), st.booleans(), st.booleans())),
    st.tuples(st.just("publish"), st.none()),
    st.tuples(st.just("by_hand"), st.booleans()),
)
# Often what somebody wrote, then what may lose it.
steps = st.lists(step, min_size=3, max_size=10)


class Story:
    """One Dutch page and its translation, everything persons wrote for it, and what they published."""

    def __init__(self, pair: Pair, desk: Client, server: TranslateServer, user: User) -> None:
        self.pair, self.desk, self.server, self.user = pair, desk, server, user
        self.written: set[str] = set()
        self.published: set[str] = set()
        self.number = itertools.count(1)

    # --- what happens

    def edit_dutch(self, blocks: list[tuple[str, str]]) -> None:
        self.pair.edit_dutch(*(block(text, pk) for text, pk in blocks))

    def retitle(self, title: str) -> None:
        self.pair.edit_dutch(title=title)

    def resync(self, publish: bool) -> None:
        self.pair.resync(self.desk)
        if publish:
            self.pair.publish(self.desk)
            self.published |= self.pair.live_texts()

    def machine(self, _nothing: None) -> None:
        with committing():
            opdracht = machine.ask(self.pair.translation)
        work()
        opdracht.refresh_from_db()
        assert opdracht.state == "klaar", opdracht.reason

    def write(self, position: int) -> None:
        segment = self.segment(position)
        response = self.desk.put(
            self.address(segment),
            f"value={self.words(segment)}",
            content_type="application/x-www-form-urlencoded",
        )
        assert response.status_code in (200, 201)

    def delete(self, position: int) -> None:
        """Throw a translation away; where there is none, the address is not found."""
        self.desk.delete(self.address(self.segment(position)))

    def file(self, what: tuple[int, bool, bool]) -> None:
        """A file goes out, maybe somebody types meanwhile, and it comes back, conflicts chosen or not."""
        position, typed_meanwhile, choose = what
        file = po.parse(po.export(self.pair.translation))
        segment = self.segment(position)
        entry = next(
            entry
            for entry in file
            if (entry.msgid, entry.msgctxt) == (segment.string.data, segment.context.path)
        )
        entry.msgstr, entry.flags = self.words(segment, remember=False), []
        if typed_meanwhile:
            self.write(position)
        found = po.plan(po.parse(str(file)), po.translation_of(file))
        keys = [change.key for change in found.conflicts] if choose else []
        taken = {c.text for c in found.changes if not c.is_conflict or c.key in keys}
        assert po.apply(found, user=self.user, chosen=keys) == len(taken)
        self.written |= taken

    def publish(self, _nothing: None) -> None:
        self.pair.publish(self.desk)
        self.published |= self.pair.live_texts()

    def by_hand(self, publish: bool) -> None:
        """Stop the translation, write on the page itself, and start it again."""
        stop = reverse("wagtail_localize:stop_translation", args=[self.pair.translation.pk])
        assert self.desk.post(stop).status_code == 302
        page = self.pair.page.get_latest_revision_as_object()
        page.intro, own = f"By hand {next(self.number)}.", f"Own block {next(self.number)}."
        page.body = [*page.body.raw_data, block(own)]
        self.written |= {page.intro, own}
        revision = page.save_revision()
        if publish:
            revision.publish()
            self.published |= self.pair.live_texts()
        self.check("by_hand, before the restart")
        start = reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert self.desk.post(start, {"localize-restart-translation": "1"}).status_code == 302
        self.pair.translation.refresh_from_db()

    # --- helpers

    def segment(self, position: int) -> StringSegment:
        segments = StringSegment.objects.filter(source=self.pair.source).order_by("order")
        found: StringSegment = segments.select_related("string", "context")[position % segments.count()]
        return found

    def address(self, segment: StringSegment) -> str:
        return reverse(
            "wagtail_localize:edit_string_translation", args=[self.pair.translation.pk, segment.pk]
        )

    def words(self, segment: StringSegment, *, remember: bool = True) -> str:
        link = ' <a id="a1">here</a>' if "<a " in segment.string.data else ""
        text = f"Words {next(self.number)}{link}"
        if remember:
            self.written.add(text)
        return text

    # --- what always holds

    def check(self, what: Any) -> None:
        page = self.pair.page
        draft = self.pair.draft_texts() | all_texts(page.get_latest_revision_as_object())
        live = self.pair.live_texts()
        assert self.written <= live | draft | self.pair.kept_texts(), what
        by_machine = {text for text in live if MACHINE in text}
        assert by_machine <= self.published, what
        rows = StringTranslation.objects.filter(translation_type="machine")
        assert not set(rows.values_list("data", flat=True)) & self.written, what


@pytest.fixture
def server(settings: Any) -> Iterator[TranslateServer]:
    with translate_server() as running:
        number = itertools.count(1)
        running.translate = lambda text: f"{shout(text)} {MACHINE}{next(number)}"
        settings.MACHINE_TRANSLATION_URL = running.libretranslate
        settings.TASKS = DATABASE_TASKS
        yield running


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=steps)
def test_no_words_are_lost_and_no_machine_publishes(
    steps: list[tuple[str, Any]],
    page_at: Callable[[str], BasePage],
    desk: Client,
    beheerder: User,
    server: TranslateServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    allow_unknown_variables(monkeypatch)
    with transaction.atomic():
        empty_the_caches()
        pair = make_pair(page_at("/nl/"), block(DUTCH[0], "a"), block(DUTCH[2], "b"))
        story = Story(pair, desk, server, beheerder)
        for name, argument in steps:
            getattr(story, name)(argument)
            story.check((name, argument))
        transaction.set_rollback(True)


def test_a_file_of_nothing_but_polib_is_a_file_of_ours(page_at: Callable[[str], BasePage]) -> None:
    """The story above goes through what translators use: a PO file as any program reads it."""
    pair = make_pair(page_at("/nl/"), block(DUTCH[0], "a"))
    file = polib.pofile(po.export(pair.translation))
    assert DUTCH[0] in [entry.msgid for entry in file]
