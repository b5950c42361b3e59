"""Editions in the making, with their redactie and articles, for the tests of the wijkkrant."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone

from core.models import User
from home import roles
from home.krant.druk import Remark
from home.krant.pages import make_pages
from home.krant.remark_words import stored
from home.krant.versions import versions_of
from home.models import ArtikelPage, Editie, EditiePage, Kopij, NieuwsPage, Proefdruk, Redactielid, Rubriek
from tests.desk import first
from wijken.models import Wijk, WijkPage

# Long enough to be found nowhere else.
SECRET = "Wat de redactie nog niet laat zien"


def wijken() -> list[Wijk]:
    """The wijken that have a page and no wijkkrant in the demo."""
    pages = WijkPage.objects.filter(locale__language_code="nl").values("wijk")
    return list(Wijk.objects.filter(pk__in=pages, krant_pages__isnull=True))


def new_edition(wijk: Wijk | None = None, **values: Any) -> Editie:
    """An edition that collects kopij for three more weeks, with its pages as drafts."""
    today = timezone.localdate()
    editie = Editie(
        **{
            "wijk": wijk or wijken()[0],
            "seizoen": Editie.Seizoen.ZOMER,
            "jaar": 2027,
            "kopij_tot": today + timedelta(days=21),
            "bezorgd_van": today + timedelta(days=60),
            "bezorgd_tot": today + timedelta(days=65),
            "paginas": 8,
            **values,
        }
    )
    editie.full_clean()
    editie.save()
    make_pages(editie=editie, by=None)
    return editie


def page_of(editie: Editie) -> EditiePage:
    return EditiePage.objects.get(editie=editie, locale__language_code="nl")


def new_article(editie: Editie, title: str = "Een stuk", *, signs: int = 300, **values: Any) -> ArtikelPage:
    """A draft of so many signs."""
    article = ArtikelPage(title=title, live=False, **{"rubriek": Rubriek.BUREN, **values})
    article.body = [{"type": "text", "value": f"<p>{'woord ' * (signs // 6)}</p>"}]
    page_of(editie).add_child(instance=article)
    article.save_revision()
    return article


def ready_edition(**values: Any) -> Editie:
    """An edition in its last state before it is out, with two articles, all of it published."""
    editie = new_edition(wijken()[0], **{"staat": Editie.Staat.OPMAAK, **values})
    page_of(editie).save_revision().publish()
    for title in ("De bakker fluit", "Wie plant er mee?"):
        new_article(editie, title, signs=1200)
    for article in ArtikelPage.objects.child_of(page_of(editie)):
        article.get_latest_revision().publish()
    return editie


def made_proof(editie: Editie, *remarks: Remark, **values: Any) -> Proefdruk:
    """A proof of the edition as it is now, as if the worker made it."""
    versions = versions_of(editie)
    by = User.objects.filter(username="proefdrukker").first() or User.objects.create_user("proefdrukker")
    return Proefdruk.objects.create(
        **{
            "editie": editie,
            "taal": "nl",
            "door": by,
            "klaar_op": timezone.now(),
            "paginas": 8,
            "inhoud": b"%PDF",
            "waarschuwingen": [stored(remark) for remark in remarks],
            "plekken": {key: [2] for key, _revision, _title in versions["artikelen"]},
            "versies": versions,
            "ruimte": {"paginas": 2, "helften": 1, "gebruikt": ["kleurplaat"]},
            **values,
        }
    )


def send_in(article: ArtikelPage, by: User) -> None:
    """Hand an article in for the eindredactie."""
    article.get_workflow().start(article.get_latest_revision_as_object(), by)


def member_of(wijk: Wijk, name: str = "redactielid") -> User:
    """Somebody who works on the wijkkrant of a wijk."""
    roles.apply()
    user = User.objects.create_user(name, f"{name}@example.nl", "een-lang-wachtwoord")
    Redactielid.objects.create(user=user, wijk=wijk)
    return user


def new_kopij(editie: Editie, **values: Any) -> Kopij:
    number = Kopij.objects.count() + 1
    return Kopij.objects.create(
        **{
            "wijk": editie.wijk,
            "editie": editie,
            "bonnummer": f"KOP{number:05d}",
            "taal": "nl",
            "titel": SECRET,
            "tekst": SECRET,
            "naam": SECRET,
            "mail": "bewoner@example.nl",
            **values,
        }
    )


def news() -> NieuwsPage:
    return first(NieuwsPage.objects.live().filter(locale__language_code="nl").order_by("pk"))


def eindredactie() -> Group:
    return Group.objects.get(name="Eindredacteur")


def days(count: int) -> date:
    return timezone.localdate() + timedelta(days=count)
