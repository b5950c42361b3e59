"""The style guide: every component in every state, for development and for the visual tests.

`/styleguide/` is in Dutch, `/styleguide/?richting=rtl` in Arabic from right to left. Paper likewise.
`/styleguide/cijfers/` is a form that really asks for digits.
"""

import json
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django import forms
from django.core.cache import cache as drafts
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import translation
from django.utils.crypto import get_random_string
from django.utils.safestring import mark_safe
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt

from core import pdf
from core.cache import drawn_anew
from core.challenge.forms import ChallengeForm
from core.open_forms import MAX_SECONDS
from core.translation_states.states import Standing

SAMPLES = Path(__file__).parent / "styleguide_samples"
DATES = {"date", "checked_on", "due_on"}
DAYS = {"done", "planned"}
RICH_TEXT = {"answer", "rich_text"}
DRAFT_LENGTH = 20


class SampleForm(forms.Form):
    """One field of each kind."""

    naam = forms.CharField()
    email = forms.EmailField(required=False)
    wijk = forms.ChoiceField()
    onderwerp = forms.ChoiceField(widget=forms.RadioSelect)
    bericht = forms.CharField(widget=forms.Textarea)
    akkoord = forms.BooleanField()

    def __init__(self, texts: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = texts[name]["label"]
            field.help_text = texts[name].get("hint", "")
            field.error_messages["required"] = texts["required"]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", texts["choose"])] if name == "wijk" else []
                field.choices += [(choice, choice) for choice in texts[name]["choices"]]


class SampleChallengeForm(ChallengeForm):
    """A form that asks for digits, after one field of its own."""

    naam = forms.CharField()

    def __init__(self, texts: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, about="styleguide", **kwargs)
        self.fields["naam"].label = texts["naam"]["label"]
        self.fields["naam"].error_messages["required"] = texts["required"]


def _typed(sample: dict[str, Any]) -> dict[str, Any]:
    """Dates become dates and rich text becomes safe text: the samples are our own."""
    for key, value in sample.items():
        if key in DATES:
            sample[key] = date.fromisoformat(value)
        elif key in DAYS:
            sample[key] = [date.fromisoformat(day) for day in value]
        elif key in RICH_TEXT:
            sample[key] = mark_safe(value)  # noqa: S308
    return sample


@cache
def samples(language: str) -> dict[str, Any]:
    """The sample texts of the style guide in `nl` or `ar`."""
    return json.loads((SAMPLES / f"{language}.json").read_text("utf-8"), object_hook=_typed)


def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    language = _language(request)
    sample = samples(language)
    with translation.override(language), drawn_anew():
        context = {
            **sample["site"],
            "sample": sample,
            "picture": static("core/img/voorbeeld.svg"),
            "page_obj": Paginator(range(120), 10).page(6),
            "query": request.GET,
            "paper_query": "?richting=rtl" if language == "ar" else "",
            "standings": [
                Standing(is_machine=True),
                Standing(missing=1, total=2),
                Standing(changed_at=datetime(2026, 11, 3, 12, tzinfo=UTC)),
            ],
            "checked": Standing(checked_on=date(2026, 11, 3), is_native=True),
            "report": {"mail": "mailto:wijken@example.nl", "phone": "14 0255"},
            "form": SampleForm(sample["form"], auto_id="id_%s"),
            "form_with_errors": SampleForm(sample["form"], {"naam": ""}, auto_id="fout_%s"),
            "code_form": SampleChallengeForm(sample["form"], auto_id="cijfers_%s"),
            "code_form_with_errors": SampleChallengeForm(
                sample["form"], {"code": "12345"}, auto_id="cijfers_fout_%s"
            ),
        }
        return render(request, "styleguide/index.html", context)


def _language(request: HttpRequest) -> str:
    return "ar" if request.GET.get("richting") == "rtl" else "nl"


def paper_form(request: HttpRequest) -> HttpResponse:
    """A form on paper with each kind of question."""
    language = _language(request)
    sample = samples(language)
    context = {
        **sample["site"],
        "sample": sample["paper"],
        "online_url": "https://www.example.nl/nl/loting/",
    }
    with translation.override(language):
        return pdf.pdf_response(
            request,
            "styleguide/pdf_form.html",
            context,
            title=sample["paper"]["form_title"],
            filename="formulier.pdf",
        )


def paper_letters(request: HttpRequest) -> HttpResponse:
    """Two letters, as a mail merge makes them."""
    language = _language(request)
    sample = samples(language)
    context = {
        **sample["site"],
        "letters": [sample["paper"]["letter"]] * 2,
        "letter_template": "styleguide/pdf_letter.html",
    }
    with translation.override(language):
        return pdf.pdf_response(
            request,
            "pdf/letters.html",
            context,
            title=sample["paper"]["letter_title"],
            filename="brieven.pdf",
        )


@csrf_exempt
@cache_control(no_store=True)
def challenge(request: HttpRequest) -> HttpResponse:
    """A form with a challenge at work. Its draft is a line in the cache, where a real form has a row."""
    language = _language(request)
    sample = samples(language)
    draft = request.POST.get("concept", "")
    if len(draft) != DRAFT_LENGTH or not draft.isalnum() or not draft.isascii():
        draft = get_random_string(DRAFT_LENGTH)
    with translation.override(language), drawn_anew():
        form = SampleChallengeForm(
            sample["form"],
            request.POST if request.method == "POST" else None,
            passed=drafts.get(f"styleguide:{draft}", False),
        )
        is_sent = form.is_valid()
        if is_sent:
            drafts.delete(f"styleguide:{draft}")
        elif form.passed:
            drafts.set(f"styleguide:{draft}", True, MAX_SECONDS)
        context = {
            **sample["site"],
            "sample": sample,
            "form": form,
            "draft": draft,
            "is_sent": is_sent,
            "name": form.cleaned_data["naam"] if is_sent else "",
        }
        return render(request, "styleguide/challenge.html", context)
