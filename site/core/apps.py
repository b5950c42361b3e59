from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Basis")

    def ready(self) -> None:
        from core import checks, images, page_relations, signals  # noqa: F401
        from core.append_only import install_triggers
        from core.translating import keeping, page_text, resync  # noqa: F401

        page_relations.install()
        resync.install()
        post_migrate.connect(install_triggers, dispatch_uid="core.install_triggers")
