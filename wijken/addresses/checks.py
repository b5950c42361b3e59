"""What Django checks at a start, and with the database at hand when it migrates."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections
from django.utils import timezone

# The CBS brings out a file each year, some months after its date.
MAX_AGE = timedelta(days=548)


@register
def address_service_has_an_address(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """ADDRESS_URL is empty or leads to a service."""
    from wijken.addresses.services import BadAddress, service_at

    if settings.ADDRESS_URL:
        try:
            service_at(settings.ADDRESS_URL)
        except BadAddress as error:
            return [Error(str(error), id="wijken.E001")]
    return []


@register(Tags.database)
def addresses_are_recent(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The table of addresses is at most eighteen months old. A site without one has nothing to check."""
    from wijken.models import Adressenbestand

    messages: list[CheckMessage] = []
    for alias in databases or ():
        # A new database has no tables yet.
        if Adressenbestand._meta.db_table not in connections[alias].introspection.table_names():
            continue
        bestand = Adressenbestand.objects.using(alias).first()
        if bestand and timezone.localdate() - bestand.peildatum > MAX_AGE:
            messages.append(
                Warning(
                    f"De adressen zijn van {bestand.peildatum:%d-%m-%Y}.",
                    hint="Haal het nieuwe bestand bij het CBS en lees het in met manage.py adressen.",
                    id="wijken.W001",
                )
            )
    return messages
