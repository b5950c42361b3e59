"""Personal data leaves when its term is over, and leaves counts that say nothing of anybody."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from core.append_only import AppendOnlyError
from participatie import actions
from participatie.models import (
    Aanmelding,
    Conceptaanmelding,
    Kenmerkwaarde,
    Lotingcijfers,
    Opschoning,
    Persoon,
    PersoonlijkeLink,
)
from participatie.purge import purge
from participatie.signup.drafts import open_draft
from participatie.statistics import SMALLEST, feature_counts, hide_small, statistics_of


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 60), max_size=8))
def test_no_hidden_count_follows_from_the_total(counts) -> None:
    shown = hide_small(counts)
    hidden = {cell for cell, count in shown.items() if count is None}
    assert all(count is None or count == 0 or count >= SMALLEST for count in shown.values())
    assert all(shown[cell] == counts[cell] for cell in set(counts) - hidden)
    filled = [cell for cell, count in counts.items() if count]
    assert len(hidden) != 1 or len(filled) == 1


@pytest.mark.django_db
def test_the_counts_of_the_demo_add_up_and_hide_what_is_small(loting) -> None:
    found = statistics_of(loting)
    assert found["aangemeld"] + found["ingetrokken"] == 240
    for cells in feature_counts(loting).values():
        assert sum(cells.values()) == found["aangemeld"]
    languages = found["taal"]
    assert languages["nl"] > 100
    assert None in languages.values()


@pytest.mark.django_db
def test_before_its_term_nothing_goes(loting) -> None:
    before = Aanmelding.objects.count()
    counts = purge(now=loting.kept_until - timedelta(seconds=1))
    assert counts["aanmeldingen"] == 0
    assert Aanmelding.objects.count() == before


@pytest.mark.django_db
def test_after_its_term_everything_goes_and_the_counts_stay(loting) -> None:
    link = actions.make_link(aanmelding=Aanmelding.objects.filter(loting=loting)[0], doel="beheren")
    expected = statistics_of(loting)
    would = purge(now=loting.kept_until, dry_run=True)
    assert Aanmelding.objects.filter(loting=loting).count() == would["aanmeldingen"] == 240
    assert not Opschoning.objects.exists()
    assert purge(now=loting.kept_until) == would
    assert not Aanmelding.objects.filter(loting=loting).exists()
    for model in (Persoon, Kenmerkwaarde, PersoonlijkeLink):
        assert not model.objects.filter(aanmelding__loting=loting).exists()
    assert actions.find_link(link, doel="beheren", loting=loting) is None
    assert Lotingcijfers.objects.get(loting=loting).data == expected
    assert Opschoning.objects.get().aantallen == would
    # A second time there is nothing left to delete or to write down.
    assert not any(purge(now=loting.kept_until + timedelta(days=1)).values())
    assert Opschoning.objects.count() == 1
    with pytest.raises(AppendOnlyError):
        Opschoning.objects.get().delete()


@pytest.mark.django_db
def test_a_form_that_was_left_goes_after_a_day(loting, capsys) -> None:
    open_draft(loting, language_code="nl", vorm="alles", given={"naam": "Aafke"})
    call_command("opruimen", "--dry-run")
    assert "half ingevuld: 0 te wissen" in capsys.readouterr().out
    Conceptaanmelding.objects.update(verloopt_op=timezone.now())
    call_command("opruimen")
    assert "half ingevuld: 1 gewist" in capsys.readouterr().out
    assert not Conceptaanmelding.objects.exists()


@pytest.mark.django_db
def test_what_a_backup_brings_back_is_erased_again(loting, tmp_path, capsys) -> None:
    first, second = Aanmelding.objects.filter(loting=loting)[:2]
    file = tmp_path / "gewist.txt"
    file.write_text(f"{first.bonnummer}\n{second.bonnummer[:5].lower()}-{second.bonnummer[5:]}\nKMNPQRSTVW\n")
    call_command("opruimen", "--na-herstel", str(file), "--dry-run")
    assert "2 van 3 te wissen" in capsys.readouterr().out
    call_command("opruimen", "--na-herstel", str(file))
    assert "2 van 3 opnieuw gewist" in capsys.readouterr().out
    assert not Aanmelding.objects.filter(pk__in=[first.pk, second.pk]).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("text", [b"niet een nummer", b"\xff\xfe\x00"])
def test_a_list_that_is_no_list_erases_nothing(loting, tmp_path, text) -> None:
    file = tmp_path / "gewist.txt"
    file.write_bytes(text)
    before = Aanmelding.objects.count()
    with pytest.raises(CommandError):
        call_command("opruimen", "--na-herstel", str(file))
    assert Aanmelding.objects.count() == before
