"""Signing up on the web: routes of a LotingPage.

Every answer is stored before the next page is shown, so that nothing depends on a browser that remembers. The
address of a form is a secret of 192 bits, known to nobody else: that is its protection against forms that
another site sends, and the reason that no address of it is passed on, kept or written down.
"""

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from core.challenge.forms import ChallengeForm
from core.page_index import address_of
from core.reading import reader_language, words_language
from core.receipts import shown
from core.visitors import Brake, brake_on, is_from_elsewhere
from participatie.actions import LotingClosedError, send_draft
from participatie.eligibility import judge_address
from participatie.models import Aanmelding, Conceptaanmelding
from participatie.signup import drafts, letters
from participatie.signup.drafts import LONGEST, Draft, find_draft, keep, open_draft
from participatie.signup.forms import SignUpForm, stored_fields
from participatie.signup.progress import answered, first_unanswered, given_in, has_all
from participatie.signup.questions import Question, questions_of

if TYPE_CHECKING:
    from participatie.models import LotingPage

Vorm = Conceptaanmelding.Vorm
# A family, or the visitors of a library, share one address.
MOST_STARTED, MOST_MAILED, WITHIN_SECONDS = 30, 6, 3600
CHECK, RECEIPT, LATER = "controle", "ontvangen", "bewaren"


class LaterForm(forms.Form):
    """Where to send the link to go on later."""

    use_required_attribute = False

    bewaar_mail = forms.EmailField(
        label=_("Uw mailadres"),
        max_length=254,
        help_text=_("Wij gebruiken dit adres alleen voor deze link."),
        error_messages={
            "required": _("Vul uw mailadres in."),
            "invalid": _("Dit mailadres klopt niet. Het ziet er zo uit: naam@voorbeeld.nl."),
            "max_length": _("Dit mailadres is te lang."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )


# --- before the first question --------------------------------------------------------------------


def start(page: "LotingPage", request: HttpRequest) -> HttpResponse:
    """What somebody needs to know (GET), and beginning a form (POST)."""
    if refused := _not_allowed(request):
        return refused
    context = page.get_context(request)
    if not page.loting.is_accepting():
        status = HTTPStatus.CONFLICT if request.method == "POST" else HTTPStatus.OK
        return _private(request, "dicht", context, status)
    with translation.override(words_language(page)):
        context["questions"] = questions_of(page.loting, language_code=words_language(page))
    # The QR code of a letter brings it along.
    typed = request.POST.get("code", request.GET.get("code", ""))
    context["code"] = typed[:LONGEST].replace("\0", "")
    if request.method != "POST":
        return _private(request, "begin", context)
    if is_from_elsewhere(request):
        context["trouble"] = _("Dit kwam van een andere website. Begin hieronder opnieuw.")
        return _private(request, "begin", context, HTTPStatus.FORBIDDEN)
    brake = _brake(request, "sign-ups", MOST_STARTED)
    if brake.are_too_many:
        context["trouble"] = _(
            "Vanaf dit internetadres begonnen het laatste uur veel mensen aan dit formulier. "
            "Probeer het over een uur nog eens, bel ons, of gebruik het formulier op papier."
        )
        return _too_many(request, "begin", context)
    brake.add()
    vorm = Vorm.EEN_BLADZIJDE if request.POST.get("vorm") == Vorm.EEN_BLADZIJDE else Vorm.VRAAG_VOOR_VRAAG
    draft = open_draft(
        page.loting,
        language_code=reader_language(),
        vorm=vorm,
        given=letters.open_letter(context["code"], loting=page.loting),
    )
    return _go(page, draft)


# --- the questions --------------------------------------------------------------------------------


class Visit:
    """Somebody at their form: the page, the request and what was filled in so far."""

    def __init__(self, page: "LotingPage", request: HttpRequest, draft: Draft) -> None:
        self.page, self.request, self.draft = page, request, draft
        self.language_code = words_language(page)
        self.questions = questions_of(page.loting, language_code=self.language_code)
        # One row for the whole request: the page's own may be kept from before it closed.
        self.loting = draft.row.loting

    @property
    def given(self) -> dict[str, str]:
        return self.draft.given

    def form(self, *questions: Question, is_sent: bool = False) -> SignUpForm:
        """A form with these questions, or with all of them. What was sent before is judged again."""
        asked = questions or tuple(self.questions)
        is_bound = is_sent or all(has_all(question, self.given) for question in asked)
        known = {"taal": self.draft.row.taal, **self.given}
        made = SignUpForm(
            known if is_bound else None,
            initial=known,
            loting=self.loting,
            language_code=self.language_code,
            only=stored_fields(list(asked)),
            questions=self.questions,
        )
        for question in asked:
            # One choice is drawn with its question and its reason in one group.
            if question.key == "leeftijd":
                made.fields["oud_genoeg"].help_text = question.why
        return made

    def whole_form(self) -> SignUpForm:
        """All questions, judged as they are."""
        return self.form(is_sent=True)

    def store(self, questions: list[Question], *, blanks: bool = True) -> None:
        """Keep what was typed, right or wrong; without `blanks` only what was filled in."""
        typed = {name: _typed(self.request, name) for name in stored_fields(questions)}
        self.draft = keep(self.draft, {name: value for name, value in typed.items() if value or blanks})

    def go(self, step: str = "") -> HttpResponse:
        return _go(self.page, self.draft, step)

    def show(self, template: str, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
        context = {
            **self.page.get_context(self.request),
            "form_url": _url(self.page, self.draft),
            "draft": self.draft.row,
            "total": len(self.questions),
            "letter": self.given.get(letters.NOTE, ""),
            **more,
        }
        return _private(self.request, template, context, status)


def form(page: "LotingPage", request: HttpRequest, token: str) -> HttpResponse:
    """All questions on one page; question by question it leads to the first without an answer."""
    return _visit(page, request, token, "")


def step(page: "LotingPage", request: HttpRequest, token: str, step: str) -> HttpResponse:
    """One question, the answers together, the receipt, or keeping the form for later."""
    return _visit(page, request, token, step)


def _visit(page: "LotingPage", request: HttpRequest, token: str, step: str) -> HttpResponse:
    if refused := _not_allowed(request):
        return refused
    draft = find_draft(token, loting=page.loting)
    if draft is None:
        return _private(request, "onbekend", page.get_context(request), HTTPStatus.GONE)
    # The words of the page are in one language, also when its reader has another.
    with translation.override(words_language(page)):
        try:
            return _answer(Visit(page, request, draft), step)
        except Conceptaanmelding.DoesNotExist:
            # Erased, or its time was up, since it was found.
            pass
    return _private(request, "onbekend", page.get_context(request), HTTPStatus.GONE)


def _answer(visit: Visit, step: str) -> HttpResponse:
    if visit.draft.is_sent:
        return _receipt(visit) if step == RECEIPT else visit.go(RECEIPT)
    if not visit.loting.is_accepting():
        return _closed(visit)
    if step == CHECK:
        return _check(visit)
    if step == LATER:
        return _later(visit)
    if step == "":
        return _all(visit) if visit.draft.row.vorm == Vorm.EEN_BLADZIJDE else visit.go(_next_step(visit))
    question = next((each for each in visit.questions if each.key == step), None)
    return _ask(visit, question) if question else visit.go()


def _ask(visit: Visit, question: Question) -> HttpResponse:
    asked_before = visit.questions[: question.number - 1]
    if visit.request.method == "POST":
        if "bewaren" in visit.request.POST:
            visit.store([question], blanks=False)
            return visit.go(LATER)
        if "overslaan" in visit.request.POST and question.is_optional:
            visit.draft = keep(visit.draft, dict.fromkeys(question.fields, ""))
        else:
            visit.store([question])
        if visit.form(question).is_valid():
            return visit.go(_next_step(visit, question))
    # What is asked for the first time is not wrong yet.
    is_complete = first_unanswered(visit.whole_form(), visit.given) is None
    return visit.show(
        "vraag",
        question=question,
        form=(shown_form := visit.form(question)),
        fields=[shown_form[name] for name in question.fields],
        previous=asked_before[-1] if asked_before else None,
        is_complete=is_complete,
    )


def _next_step(visit: Visit, after: Question | None = None) -> str:
    """The question after this one; all answers together once every question has a right one."""
    open_question = first_unanswered(visit.whole_form(), visit.given)
    if open_question is None:
        return CHECK
    if after is None or after.number == len(visit.questions):
        return open_question.key
    return visit.questions[after.number].key


def _all(visit: Visit) -> HttpResponse:
    if visit.request.method == "POST":
        if "bewaren" in visit.request.POST:
            visit.store(visit.questions, blanks=False)
            return visit.go(LATER)
        visit.store(visit.questions)
        if visit.form().is_valid():
            return visit.go(CHECK)
    shown_form = visit.form()
    groups = [(question, [shown_form[name] for name in question.fields]) for question in visit.questions]
    return visit.show("alles", form=shown_form, groups=groups)


# --- all answers together -------------------------------------------------------------------------


def _check(visit: Visit) -> HttpResponse:
    """The answers to look at (GET) and sending them (POST)."""
    whole = visit.whole_form()
    if first_unanswered(whole, visit.given) is not None:
        return visit.go()
    row = visit.draft.row
    sending = ChallengeForm(
        visit.request.POST if visit.request.method == "POST" else None,
        about=f"aanmelding:{row.pk}",
        passed=row.is_mens,
    )
    is_ready = sending.is_valid()
    if sending.passed and not row.is_mens:
        drafts.remember_human(visit.draft)
    if is_ready:
        try:
            send_draft(draft=visit.draft, answers=whole.answers())
        except LotingClosedError:
            return _closed(visit)
        return visit.go(RECEIPT)
    given = {"taal": row.taal, **visit.given, **whole.cleaned_data}
    where = judge_address(
        visit.loting,
        postcode=given["postcode"],
        huisnummer=given["huisnummer"],
        toevoeging=given["toevoeging"],
    )
    return visit.show(
        "controle",
        form=sending,
        answers=answered(visit.questions, given),
        is_outside=where.adrescontrole == Aanmelding.Adrescontrole.BUITEN,
        is_unknown=where.adrescontrole == Aanmelding.Adrescontrole.ONBEKEND,
    )


def _receipt(visit: Visit) -> HttpResponse:
    """What was received: the number, when, and a copy of the answers."""
    aanmelding: Any = visit.draft.row.aanmelding
    return visit.show(
        "ontvangen",
        aanmelding=aanmelding,
        number=shown(aanmelding.bonnummer),
        has_mail=bool(aanmelding.persoon.mail),
        answers=answered(visit.questions, given_in(aanmelding)),
    )


def _closed(visit: Visit) -> HttpResponse:
    """The window closed while somebody was filling in. What is there can still be read to them."""
    typed = {name: value for name, value in visit.given.items() if value}
    filled_in = [question for question in visit.questions if any(name in typed for name in question.fields)]
    return visit.show("te_laat", HTTPStatus.CONFLICT, answers=answered(filled_in, {"taal": "", **typed}))


# --- going on later -------------------------------------------------------------------------------


def _later(visit: Visit) -> HttpResponse:
    """Asking for a link by mail (GET) and sending it (POST)."""
    from participatie.mails import draft_link

    row = visit.draft.row
    is_kept = bool(row.bewaar_mail) and "klaar" in visit.request.GET
    if visit.request.method != "POST":
        return visit.show("bewaren", form=LaterForm(), is_kept=is_kept)
    asked = LaterForm({"bewaar_mail": _typed(visit.request, "bewaar_mail")})
    if not asked.is_valid():
        return visit.show("bewaren", form=asked, is_kept=False)
    brake = _brake(visit.request, "sign-up-links", MOST_MAILED)
    if brake.are_too_many:
        trouble = _("Er zijn al veel links gestuurd. Probeer het over een uur nog eens.")
        return visit.show("bewaren", HTTPStatus.TOO_MANY_REQUESTS, form=asked, is_kept=False, trouble=trouble)
    brake.add()
    mail = asked.cleaned_data["bewaar_mail"]
    with transaction.atomic():
        drafts.keep_for_later(visit.draft, mail=mail)
        draft_link(loting=visit.loting, to=mail, language=row.taal, token=visit.draft.token)
    return HttpResponseRedirect(
        f"{_url(visit.page, visit.draft, LATER)}?klaar=1", status=HTTPStatus.SEE_OTHER
    )


# --- what they share ------------------------------------------------------------------------------


def _typed(request: HttpRequest, name: str) -> str:
    """What was typed in a field, without signs that nobody types and not longer than is kept."""
    return request.POST.get(name, "")[:LONGEST].replace("\0", "")


def _brake(request: HttpRequest, what: str, most: int) -> Brake:
    return brake_on(what, request, most=most, seconds=WITHIN_SECONDS)


def _not_allowed(request: HttpRequest) -> HttpResponse | None:
    allowed = ["GET", "HEAD", "POST"]
    return None if request.method in allowed else HttpResponseNotAllowed(allowed)


def _url(page: "LotingPage", draft: Draft, step: str = "") -> str:
    return f"{address_of(page)}aanmelden/{draft.token}/{step and step + '/'}"


def _go(page: "LotingPage", draft: Draft, step: str = "") -> HttpResponse:
    response = HttpResponseRedirect(_url(page, draft, step), status=HTTPStatus.SEE_OTHER)
    return _for_one_visitor(response)


def _too_many(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    response = _private(request, template, context, HTTPStatus.TOO_MANY_REQUESTS)
    response.headers["Retry-After"] = str(WITHIN_SECONDS)
    return response


def _private(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = HTTPStatus.OK
) -> HttpResponse:
    name = f"participatie/aanmelden/{template}.html"
    context = {"trouble": "", "form": None, "draft": None, "route_title": _("Aanmelden"), **context}
    response = TemplateResponse(request, name, context, status=int(status))
    return _for_one_visitor(response, is_secret=context["draft"] is not None)


def _for_one_visitor(response: HttpResponse, *, is_secret: bool = True) -> HttpResponse:
    """No cache keeps it, no search engine lists it, and no address of it goes along with a link."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    if is_secret:
        # Not on the first page: with this, old browsers do not say either which site a form is sent from.
        response.headers["Referrer-Policy"] = "no-referrer"
    return response
