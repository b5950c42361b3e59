"""Empty caches, also when workers share one Redis: emptying that would empty it for all of them."""

import itertools

from django.conf import settings
from django.core.cache import cache

from core import cache as core_cache
from core import sizes

_numbers = itertools.count()


def empty_the_caches() -> None:
    """Nothing is remembered any more: not in this process, not in the shared cache."""
    core_cache.forget()
    sizes.forget()
    if "Redis" in settings.CACHES["default"]["BACKEND"]:
        prefix = f"{settings.TEST_FOLDER.name}-{settings.TEST_WORKER}-{next(_numbers)}"
        # For this thread, and for those of the running site, which make a connection of their own.
        cache.key_prefix = settings.CACHES["default"]["KEY_PREFIX"] = prefix
    else:
        cache.clear()
