"""Small addresses every public site has."""

from datetime import timedelta

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control

from core.models import SiteInstellingen

MAX_QR_PATH = 500


def security_txt(request: HttpRequest) -> HttpResponse:
    """security.txt (RFC 9116), always with an Expires in the future; 404 while no contact is set."""
    contact = SiteInstellingen.for_request(request).security_contact
    if not contact:
        raise Http404
    expires = (timezone.now() + timedelta(days=180)).replace(microsecond=0)
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def robots_txt(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /*/zoeken/",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@cache_control(public=True, max_age=86400)
def qr_code(request: HttpRequest) -> HttpResponse:
    """A QR code as SVG for a page of this site: ?pad=/nl/wijken/. Anything else is refused."""
    path = request.GET.get("pad", "")
    if (
        not path.startswith("/")
        or len(path) > MAX_QR_PATH
        or not url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    ):
        raise Http404
    code = segno.make(f"{settings.SITE_URL}{path}", error="m", micro=False)
    svg = code.svg_inline(scale=6, border=4, dark="#000", light="#fff")
    svg = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return HttpResponse(svg, content_type="image/svg+xml")
