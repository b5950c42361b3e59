from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Voordeur")

    def ready(self) -> None:
        from home import signals  # noqa: F401
        from home.krant.kopij import mails  # noqa: F401
