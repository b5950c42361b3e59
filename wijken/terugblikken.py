"""Starting a look-back: its row, the standing of its day, and a draft of its page."""

import logging
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from wijken.actions import take_snapshot
from wijken.models import Actieplan, ActieplanPage, ActieplanVersie, Momentopname, Terugblik, TerugblikPage
from wijken.monitor.terugblikken import missed

log = logging.getLogger(__name__)

# A clock that stood still for some days catches up. What is older was missed, or is from before the plan came
# into this site: the page of the plan shows it as late, and only a person can still start it.
CATCH_UP = timedelta(days=31)


def make_due(*, on: date) -> int:
    """Start every look-back that is due and keep the standing of every look-back whose day has come.

    Returns how many look-backs were started or kept. May run twice, and at two places at once. A plan that
    fails does not stop the others.
    """
    done = 0
    for plan in Actieplan.objects.filter(starts_on__isnull=False).prefetch_related("versies"):
        if plan.versie and plan.versie.status == ActieplanVersie.Status.AFGEROND:
            continue
        try:
            done += _make_due(plan, on=on)
        except Exception:
            log.exception("look-back of plan %d failed", plan.pk)
    waiting = Terugblik.objects.filter(
        peildatum__range=(on - CATCH_UP, on), momentopname__isnull=True
    ).select_related("actieplan")
    for terugblik in waiting:
        try:
            done += keep_standing(terugblik=terugblik, on=on)
        except Exception:
            log.exception("snapshot of look-back %d failed", terugblik.pk)
    return done


@transaction.atomic
def _make_due(plan: Actieplan, *, on: date) -> int:
    _wait_for(plan)
    peildata = Terugblik.objects.filter(actieplan=plan).values_list("peildatum", flat=True)
    days = [day for day in missed(plan, peildata, on=on) if day >= on - CATCH_UP]
    for day in days:
        terugblik = Terugblik.objects.create(actieplan=plan, peildatum=day)
        keep_standing(terugblik=terugblik, on=on)
        prepare_page(terugblik=terugblik)
    return len(days)


@transaction.atomic
def keep_standing(*, terugblik: Terugblik, on: date) -> bool:
    """Keep the standing of the day of a look-back, once. False when it was kept, or is not due yet."""
    _wait_for(terugblik)
    if terugblik.peildatum > on or Momentopname.objects.filter(terugblik=terugblik).exists():
        return False
    take_snapshot(terugblik=terugblik)
    return True


@transaction.atomic
def prepare_page(*, terugblik: Terugblik) -> TerugblikPage | None:
    """A draft of the page about a look-back, for an editor to write and publish.

    The page that is there already when there is one; None while the plan has no page to put it under.
    """
    _wait_for(terugblik)
    pages = TerugblikPage.objects.filter(terugblik=terugblik, locale__language_code=settings.LANGUAGE_CODE)
    if found := pages.first():
        return found
    parent = ActieplanPage.objects.filter(
        actieplan=terugblik.actieplan_id, locale__language_code=settings.LANGUAGE_CODE
    ).first()
    if parent is None:
        return None
    page = TerugblikPage(terugblik=terugblik, slug=_free_slug(parent, terugblik.peildatum), live=False)
    with override(settings.LANGUAGE_CODE):
        day = date_format(terugblik.peildatum, "j E Y")
        page.title = _("Terugblik op %(dag)s") % {"dag": day}
        page.intro = _(
            "Hoe stond het plan ervoor op %(dag)s? U ziet van elke actie hoe het toen was en hoe het nu is."
        ) % {"dag": day}
    parent.add_child(instance=page)
    page.save_revision(log_action=False)
    return page


def _wait_for(row: Model) -> None:
    """Until nobody else is busy with the same plan or look-back."""
    type(row)._default_manager.select_for_update(no_key=True).get(pk=row.pk)


def _free_slug(parent: ActieplanPage, day: date) -> str:
    taken = set(parent.get_children().values_list("slug", flat=True))
    wanted = (f"terugblik-{day:%Y}", f"terugblik-{day:%Y-%m}", f"terugblik-{day:%Y-%m-%d}")
    return next((slug for slug in wanted if slug not in taken), f"{wanted[-1]}-2")
