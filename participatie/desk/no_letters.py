"""“Loot mij niet”: addresses that want no letters. Who answers the phone enters them and sees none."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from participatie.desk.menus import ENTER
from participatie.desk.screens import MANAGE, LotingScreen
from participatie.letter_actions import allow_letters, letter_of, stop_letters
from participatie.models import Handeling, LootMeNiet
from wijken.addresses.typed import HUISNUMMER_REFUSED, POSTCODE_REFUSED, read_huisnummer, read_postcode

# More is not looked through by hand.
MOST_SHOWN = 200


class NoLettersForm(forms.Form):
    """The code of a letter, or an address."""

    code = forms.CharField(label=gettext_lazy("Code uit de brief"), required=False, max_length=40)
    postcode = forms.CharField(label=gettext_lazy("Postcode"), required=False, max_length=12)
    huisnummer = forms.CharField(
        label=gettext_lazy("Huisnummer met toevoeging"), required=False, max_length=24
    )

    def __init__(self, *args: Any, loting: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.loting = loting
        self.address: dict[str, str] = {}

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if code := given.get("code"):
            letter = letter_of(code, loting=self.loting)
            if letter is None:
                raise ValidationError({"code": _("Er is geen brief met deze code.")})
            names = ("postcode", "huisnummer", "toevoeging")
            self.address = {name: getattr(letter, name) for name in names}
            return given
        postcode = read_postcode(given.get("postcode", ""))
        number = read_huisnummer(given.get("huisnummer", ""))
        if not postcode:
            self.add_error("postcode", POSTCODE_REFUSED)
        if number is None:
            self.add_error("huisnummer", HUISNUMMER_REFUSED)
        if postcode and number:
            self.address = {
                "postcode": postcode,
                "huisnummer": str(number.nummer),
                "toevoeging": number.toevoeging,
            }
        return given


class NoLettersView(LotingScreen):
    template_name = "desk/loting/no_letters.html"
    page_title: Any = gettext_lazy("Loot mij niet")
    header_icon = "cross"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.may_manage = request.user.has_perm(MANAGE)
        # Who answers the phone enters addresses, and sees none.
        self.permission = MANAGE if self.may_manage else ENTER
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"form": NoLettersForm(loting=self.loting), **super().get_context_data(**kwargs)}
        rows = list(LootMeNiet.objects.all()[:MOST_SHOWN]) if self.may_manage else []
        if rows and self.request.method == "GET":
            self.note(Handeling.Soort.LIJST, count=len(rows), about="loot mij niet")
        return {**context, "rows": rows, "may_manage": self.may_manage, "most": MOST_SHOWN}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "weg" in request.POST:
            return self._allow(request.POST["weg"])
        form = NoLettersForm(request.POST, loting=self.loting)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        stop_letters(loting=self.loting, by=self.user, **form.address)
        messages.success(request, _("Dit adres krijgt geen brieven meer over een loting."))
        return redirect("desk_loting_no_letters", self.loting.pk)

    def _allow(self, number: str) -> HttpResponse:
        if not self.may_manage:
            raise PermissionDenied
        row = get_object_or_404(LootMeNiet, pk=int(number) if number.isascii() and number.isdigit() else 0)
        allow_letters(loting=self.loting, row=row, by=self.user)
        messages.success(self.request, _("Dit adres kan weer een brief krijgen."))
        return redirect("desk_loting_no_letters", self.loting.pk)


SCREENS: dict[str, tuple[str, Any]] = {
    "loting/<int:pk>/loot-mij-niet/": ("desk_loting_no_letters", NoLettersView)
}
