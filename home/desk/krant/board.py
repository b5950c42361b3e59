"""The board of an edition: its articles by how far they are, the room on paper, and the next step."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from home.desk.krant.screens import KRANT, EditionScreen, KrantScreen, kopij_address, may_bring_out
from home.krant import lengths
from home.krant.board import Board, board_of, move_article
from home.krant.dates import moments
from home.krant.editions import take_step, what_stops
from home.krant.pages import make_pages
from home.krant.printing import print_notes
from home.krant.redactie import EDIT_ALL, editions_for, wijken_of
from home.models import ArtikelPage, Editie, EditiePage, Rubriek
from wijken.desk.screens import sentences, show_refusal


class KrantView(KrantScreen):
    """The editions that somebody may work on; with one of them, that one at once."""

    template_name = "desk/krant/editions.html"
    page_title: Any = KRANT

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        editions = list(editions_for(self.user))
        if len(editions) == 1 and not self.user.has_perm(EDIT_ALL):
            return redirect("krant_board", editions[0].pk)
        today = timezone.localdate()
        rows = [(editie, moments(editie, on=today)) for editie in editions]
        earlier = Editie.objects.filter(staat=Editie.Staat.UIT, wijk__in=wijken_of(self.user))
        return self.render_to_response(
            self.get_context_data(rows=rows, earlier=earlier.select_related("wijk")[:10])
        )

    def get_header_buttons(self) -> list[HeaderButton]:
        if not self.user.has_perm("home.add_editie"):
            return []
        return [HeaderButton(_("Nieuwe editie"), url=reverse("edities:add"), icon_name="plus")]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": KRANT}]


class BoardView(EditionScreen):
    """What there is, what is still to be done, and how full the paper is."""

    template_name = "desk/krant/board.html"
    page_title: Any = gettext_lazy("Bord van de redactie")

    def get_page_title(self) -> str:
        return str(self.editie)

    def get_page_subtitle(self) -> str:
        return ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return KrantScreen.get_breadcrumbs_items(self)

    @cached_property
    def board(self) -> Board:
        return board_of(self.editie)

    def get_header_buttons(self) -> list[HeaderButton]:
        address = reverse("krant_paper", args=[self.editie.pk])
        buttons = [HeaderButton(_("Krant op papier"), url=address, icon_name="doc-full")]
        if self.board.page:
            address = reverse("wagtailadmin_pages:edit", args=[self.board.page.pk])
            buttons.append(HeaderButton(_("Pagina van de editie"), url=address, icon_name="doc-empty"))
        if self.user.has_perm(EDIT_ALL):
            address = reverse("edities:edit", args=[self.editie.pk])
            buttons.append(HeaderButton(_("Data en oplage"), url=address, icon_name="calendar-alt"))
        if self.editie.is_out:
            address = reverse("krant_mail", args=[self.editie.pk])
            buttons.append(HeaderButton(_("Krant per mail"), url=address, icon_name="mail"))
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "board": self.board,
            "moments": moments(self.editie, on=timezone.localdate()),
            "room": _room(self.board),
            "changed_since_print": print_notes(self.editie),
            "kopij_address": kopij_address(self.editie),
            "steps": [_step(self.editie, naar) for naar in self.editie.next_steps],
            "may_bring_out": may_bring_out(self.user, self.editie),
            "add_address": self._add_address(),
            "rubrieken": Rubriek.choices,
        }

    def _add_address(self) -> str:
        page = self.board.page
        if page is None or self.editie.is_out or not page.permissions_for_user(self.user).can_add_subpage():
            return ""
        return reverse("wagtailadmin_pages:add", args=["home", "artikelpage", page.pk])


def _room(board: Board) -> dict[str, Any]:
    """How full the paper is: numbers for the bar, and the same in words."""
    used, left = lengths.in_quarters(board.used), board.left
    words = _("Gevuld, met voorkant, inhoud en colofon: ± %(used)s van %(paginas)d.") % {
        "used": used,
        "paginas": board.editie.paginas,
    }
    if left <= -0.25:
        rest = _("Er is %(room)s te veel. Kort artikelen in, of zet ze alleen op de site.")
    elif left >= 0.25:
        rest = _("Er is nog %(room)s over.")
    else:
        return {"words": f"{words} {_('Dat past.')}", "is_full": False, "used": round(board.used, 2)}
    rest %= {"room": lengths.in_words(abs(left))}
    return {"words": f"{words} {rest}", "is_full": left < 0, "used": round(board.used, 2)}


def _step(editie: Editie, naar: str) -> dict[str, Any]:
    order = list(Editie.Staat.values)
    return {
        "naar": naar,
        "label": Editie.Staat(naar).label,
        "is_back": order.index(naar) < order.index(editie.staat),
        "problems": list(what_stops(editie, naar)),
    }


class PagesView(EditionScreen):
    """Makes the draft page of an edition that has none."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            make_pages(editie=self.editie, by=self.user)
        except ValidationError as error:
            messages.error(request, sentences(error))
        else:
            messages.success(request, _("De pagina van de editie staat klaar als concept."))
        return redirect("krant_board", self.editie.pk)


class OrderView(EditionScreen):
    """Puts an article one place earlier or later in the paper."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.editie.is_out:
            raise PermissionDenied
        pages = EditiePage.objects.filter(editie=self.editie)
        article = get_object_or_404(ArtikelPage, pk=self.kwargs["artikel"])
        if not pages.filter(pk=article.get_parent().pk).exists():
            raise Http404
        place = move_article(article=article, is_up=request.POST.get("naar") == "eerder", by=self.user)
        told = _("“%(title)s” staat nu op plaats %(place)d.")
        messages.success(request, told % {"title": article.draft_title, "place": place})
        return redirect(f"{reverse('krant_board', args=[self.editie.pk])}#artikel-{article.pk}")


class StepForm(forms.Form):
    reden = forms.CharField(
        label=gettext_lazy("Waarom?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Dit staat daarna bij de stappen van de editie."),
    )

    def __init__(self, *args: Any, is_back: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reden"].required = is_back


class StepView(EditionScreen):
    """One step of an edition: what it means, what is in its way, and doing it."""

    template_name = "desk/krant/step.html"

    @cached_property
    def step(self) -> dict[str, Any]:
        if self.kwargs["naar"] not in self.editie.next_steps:
            raise Http404
        return _step(self.editie, self.kwargs["naar"])

    def get_page_title(self) -> str:
        return _("Naar: %(state)s") % {"state": self.step["label"]}

    @property
    def is_allowed(self) -> bool:
        return self.step["naar"] != Editie.Staat.UIT or may_bring_out(self.user, self.editie)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.kwargs["naar"] not in self.editie.next_steps:
            messages.warning(request, _("Deze stap kan nu niet. Misschien was een collega u voor."))
            return redirect("krant_board", self.editie.pk)
        return self.show(StepForm(is_back=self.step["is_back"]))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.kwargs["naar"] not in self.editie.next_steps:
            return self.get(request)
        if not self.is_allowed:
            raise PermissionDenied
        form = StepForm(request.POST, is_back=self.step["is_back"])
        if not form.is_valid():
            return self.show(form)
        try:
            take_step(
                editie=self.editie, naar=self.step["naar"], by=self.user, reden=form.cleaned_data["reden"]
            )
        except ValidationError as error:
            show_refusal(form, error)
            return self.show(form)
        messages.success(request, _("De editie staat nu op “%(state)s”.") % {"state": self.step["label"]})
        return redirect("krant_board", self.editie.pk)

    def show(self, form: StepForm) -> HttpResponse:
        context = self.get_context_data(
            form=form,
            step=self.step,
            is_allowed=self.is_allowed,
            unread=_unread(self.editie) if self.step["naar"] == Editie.Staat.REDACTIE else "",
        )
        return self.render_to_response(context, status=422 if form.errors else 200)


def _unread(editie: Editie) -> str:
    """How many days people could still have sent kopij."""
    days = (editie.kopij_tot - timezone.localdate()).days + 1
    if editie.staat != Editie.Staat.KOPIJ or days <= 0:
        return ""
    return ngettext(
        "Bewoners lezen nu dat zij nog %(count)d dag kopij kunnen sturen. Dat kan dan niet meer.",
        "Bewoners lezen nu dat zij nog %(count)d dagen kopij kunnen sturen. Dat kan dan niet meer.",
        days,
    ) % {"count": days}
