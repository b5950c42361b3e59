"""Whoever changes a draw waits for whoever is changing it: the loting first, so that none waits in a ring."""

from participatie.models import Loting, Trekking


def hold_trekking(trekking: Trekking) -> Trekking:
    """The draw, locked inside a transaction, with its loting, locked first."""
    loting = Loting.objects.locked().get(pk=trekking.loting_id)
    held = Trekking.objects.select_for_update().get(pk=trekking.pk)
    held.loting = loting
    return held
