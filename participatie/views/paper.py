"""The sign-up form on a sheet of A4: the same questions under the same numbers as on the web."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.page_index import address_of
from core.pdf import pdf_response
from core.reading import reader_language
from participatie.signup.questions import questions_of

if TYPE_CHECKING:
    from participatie.models import LotingPage


def form(page: "LotingPage", request: HttpRequest) -> HttpResponse:
    """The form in the reader's language. Words that are not translated yet say in which language they are."""
    language_code = reader_language()
    loting = page.loting
    with translation.override(language_code):
        context = {
            **page.get_context(request),
            "questions": questions_of(loting, language_code=language_code),
            "languages": settings.LANGUAGES,
            "online_url": f"{settings.SITE_URL}{address_of(page)}aanmelden/",
            "today": timezone.localdate(),
        }
        return pdf_response(
            request,
            "print/loting_formulier.html",
            context,
            title=_("Aanmelden voor de loting: %(wijk)s") % {"wijk": loting.wijk.naam},
            filename=f"loting-{loting.slug}-{language_code}.pdf",
        )
