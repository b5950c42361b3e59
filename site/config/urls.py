"""Every address of the site. Languages come first; what has no language stands before them."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from core import health, views
from core.sign_in import SignInView
from core.sitemaps import PagesSitemap

handler400 = "home.views.bad_request"
handler403 = "home.views.permission_denied"
handler404 = "home.views.page_not_found"
handler500 = "home.views.server_error"

urlpatterns = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path(".well-known/security.txt", views.security_txt),
    path("robots.txt", views.robots_txt),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": PagesSitemap}}),
    path("cijfers/", include("core.challenge.urls")),
    path("qr.svg", views.qr_code, name="qr"),
    path("admin/login/", SignInView.as_view(), name="wagtailadmin_login"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
]

if settings.STYLEGUIDE:
    from core import mail_folder, styleguide

    urlpatterns += [
        path("styleguide/", styleguide.styleguide, name="styleguide"),
        path("styleguide/formulier.pdf", styleguide.paper_form, name="styleguide-form"),
        path("styleguide/brieven.pdf", styleguide.paper_letters, name="styleguide-letters"),
        path("styleguide/cijfers/", styleguide.challenge, name="styleguide-challenge"),
        path("mail/", mail_folder.mails, name="mail-folder"),
        path("mail/<slug:name>/", mail_folder.mail, name="mail-in-folder"),
        path("mail/<slug:name>/html/", mail_folder.mail_html, name="mail-in-folder-html"),
    ]

if settings.SERVE_MEDIA:
    urlpatterns += [re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT})]

urlpatterns += i18n_patterns(
    path("", include("home.urls")),
    path("", include("participatie.urls")),
    path("", include("wijken.urls")),
    path("", include(wagtail_urls)),
)
