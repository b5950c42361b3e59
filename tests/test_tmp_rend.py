import pytest
from django.test import Client
@pytest.mark.django_db
def test_it():
    from wagtail.models import Page, Locale, Site
    print(Locale.objects.values_list("language_code"), [(p.url,p.locale.language_code,p.live,p.translation_key,p.url_path, p.slug) for p in Page.objects.filter(depth=2)], Site.objects.values())
    c=Client(raise_request_exception=False)
    for u in ("/en/","/en/privacy/"):
        r=c.get(u); print(r.status_code, r.headers.get("Content-Language"))
