"""The mails that a site without a mail server writes to a folder, for whoever tries the site or builds it.

Only where there is a style guide; never on a public server.
"""

import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.csp import CSP
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override

# What Django writes after each mail.
BETWEEN = b"\n" + b"-" * 79 + b"\n"
MAX_SHOWN = 100
HEADERS = (
    "From",
    "To",
    "Reply-To",
    "Date",
    "Message-ID",
    "Content-Language",
    "Auto-Submitted",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
)
MAIL_CSP: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:"],
}


@dataclass(frozen=True)
class FolderMail:
    """One mail in the folder. `name` is the name of its file and which one in that file it is."""

    name: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "")

    @property
    def to(self) -> str:
        return str(self.message["To"] or "")

    @property
    def language(self) -> str:
        return str(self.message["Content-Language"] or settings.LANGUAGE_CODE)

    @property
    def is_right_to_left(self) -> bool:
        return self.language in settings.LANGUAGES_BIDI

    @property
    def sent_at(self) -> datetime:
        return parsedate_to_datetime(str(self.message["Date"]))

    @property
    def facts(self) -> list[dict[str, object]]:
        """The headers, as the list of facts of a page takes them."""
        return [
            {"term": name, "text": str(self.message[name]), "ltr": True}
            for name in HEADERS
            if self.message[name]
        ]

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    @property
    def attachments(self) -> list[str]:
        return [part.get_filename() or "" for part in self.message.iter_attachments()]

    def _body(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return str(part.get_content()) if part else ""


def _folder() -> Path:
    options = settings.MAILERS["default"].get("OPTIONS", {})
    if "file_path" not in options:
        raise Http404("Mail goes to a mail server here.")
    return Path(options["file_path"])


def _in_file(file: Path) -> Iterator[FolderMail]:
    for number, raw in enumerate(file.read_bytes().split(BETWEEN)):
        if raw.strip():
            message = email.message_from_bytes(raw, policy=email.policy.default)
            yield FolderMail(f"{file.stem}-{number}", message)


def _all() -> list[FolderMail]:
    """The newest first."""
    files = sorted(_folder().glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)
    found: list[FolderMail] = []
    for file in files:
        found += reversed(list(_in_file(file)))
        if len(found) >= MAX_SHOWN:
            break
    return found[:MAX_SHOWN]


def _named(name: str) -> FolderMail:
    stem, _dash, _number = name.rpartition("-")
    for file in _folder().glob("*.log"):
        if file.stem == stem:
            for found in _in_file(file):
                if found.name == name:
                    return found
    raise Http404("No such mail.")


@never_cache
def mails(request: HttpRequest) -> HttpResponse:
    """The list. In Dutch, as is everything for who builds the site."""
    with translation.override(settings.LANGUAGE_CODE):
        return render(request, "styleguide/mails.html", {"mails": _all()})


@never_cache
def mail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail as text, with its headers."""
    with translation.override(settings.LANGUAGE_CODE):
        return render(request, "styleguide/mail.html", {"mail": _named(name)})


@never_cache
@csp_override(MAIL_CSP)
def mail_html(request: HttpRequest, name: str) -> HttpResponse:
    """One mail as a mail program shows it. Styles of its own, nothing that runs."""
    html = _named(name).html
    if not html:
        raise Http404("This mail is plain text.")
    return HttpResponse(html)
