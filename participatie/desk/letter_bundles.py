"""All letters of a round in one file, for the lotingbeheerder; written down before it leaves."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participatie.desk.letters import LettersView, as_file
from participatie.desk.screens import LotingScreen
from participatie.letter_bundles import as_zip, ask_for_letters
from participatie.models import Brievenbundel, Handeling


class _RoundScreen(LotingScreen):
    page_title: Any = gettext_lazy("Alle brieven")
    header_icon = "mail"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *above, own = super().get_breadcrumbs_items()
        letters = {
            "url": reverse("desk_loting_letters", args=[self.loting.pk]),
            "label": LettersView.page_title,
        }
        return [*above, letters, own]


class BundleView(_RoundScreen):
    """How far it is, and having it made."""

    template_name = "desk/loting/letter_bundle.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        bundel = get_object_or_404(Brievenbundel, loting=self.loting, ronde=self.kwargs["ronde"])
        return {**super().get_context_data(**kwargs), "bundel": bundel}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        ronde = self.kwargs["ronde"]
        if ask_for_letters(loting=self.loting, ronde=ronde, by=self.user) is None:
            raise Http404
        return redirect("desk_loting_letter_bundle", self.loting.pk, ronde)


class BundleFileView(_RoundScreen):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        done = Brievenbundel.objects.filter(loting=self.loting, klaar_op__isnull=False)
        bundel = get_object_or_404(done, ronde=self.kwargs["ronde"])
        about = _("brieven, ronde %(ronde)d") % {"ronde": bundel.ronde}
        self.note(Handeling.Soort.GEEXPORTEERD, count=bundel.made, about=about)
        name = f"brieven-{self.loting.slug}-{bundel.ronde}"
        return as_file(as_zip(bundel, name=name), f"{name}.zip", "application/zip")


SCREENS: dict[str, tuple[str, Any]] = {
    "loting/<int:pk>/brieven/<int:ronde>/": ("desk_loting_letter_bundle", BundleView),
    "loting/<int:pk>/brieven/<int:ronde>/alles/": ("desk_loting_letter_bundle_file", BundleFileView),
}
