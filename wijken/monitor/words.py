"""What the judgement says in plain words, in the active language."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wijken.monitor.periods import whole_months
from wijken.monitor.standing import Milestone


def duration(months: int) -> str:
    """A number of months as people say it, for example “1 jaar en 6 maanden”."""
    years, rest = divmod(months, 12)
    parts = []
    if years:
        parts.append(ngettext("%(aantal)d jaar", "%(aantal)d jaar", years) % {"aantal": years})
    if rest or not years:
        parts.append(ngettext("%(aantal)d maand", "%(aantal)d maanden", rest) % {"aantal": rest})
    if years and rest:
        return _("%(jaren)s en %(maanden)s") % {"jaren": parts[0], "maanden": parts[1]}
    return parts[0]


def reached_late(milestone: Milestone) -> str:
    """How long after the first promise a step was reached; empty when it was in time, or not reached."""
    promised, reached = milestone.first.period.ends_on, milestone.reached_on
    if promised is None or reached is None or reached <= promised:
        return ""
    months = whole_months(promised, reached)
    if not months:
        return _("minder dan een maand na de eerste belofte")
    return _("%(hoeveel)s na de eerste belofte") % {"hoeveel": duration(months)}


def moved(milestone: Milestone) -> str:
    """How the promise of now differs from the first one; empty when it does not."""
    if not milestone.is_moved:
        return ""
    first, current = milestone.first.period.ends_on, milestone.current.period.ends_on
    if first is None:
        return _("Eerst was er geen datum, nu wel.") if current else _("Er is nog steeds geen datum.")
    if current is None:
        return _("Er was een datum beloofd. Nu is er geen datum meer.")
    # Every period ends with a month, so the difference is a whole number of them.
    months = (current.year - first.year) * 12 + current.month - first.month
    if months > 0:
        return _("%(hoeveel)s later dan eerst beloofd.") % {"hoeveel": duration(months)}
    if months < 0:
        return _("%(hoeveel)s eerder dan eerst beloofd.") % {"hoeveel": duration(-months)}
    return _("De periode is anders, maar eindigt op dezelfde dag.")
