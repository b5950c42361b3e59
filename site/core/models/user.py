from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """Someone who signs in to the CMS. Residents never need an account."""

    class Meta(AbstractUser.Meta):
        verbose_name = _("gebruiker")  # type: ignore[assignment]
        verbose_name_plural = _("gebruikers")  # type: ignore[assignment]
