"""The digits of a challenge as an image and as sound. No cache keeps either."""

import logging
from http import HTTPStatus
from io import BytesIO

from captcha.models import CaptchaStore
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from ranged_response import RangedFileResponse

from core.challenge.drawing import picture
from core.challenge.speech import SpeechError, spoken, voice_for

log = logging.getLogger(__name__)


@require_safe
@cache_control(no_store=True)
def image(request: HttpRequest, key: str) -> HttpResponse:
    """The digits as a PNG; 410 when they were answered or are too old."""
    row = CaptchaStore.objects.filter(hashkey=key).first()
    if row is None:
        return HttpResponse(status=HTTPStatus.GONE)
    return HttpResponse(picture(row.challenge, seed=key), content_type="image/png")


@require_safe
@cache_control(no_store=True)
def audio(request: HttpRequest, key: str, voice: str) -> HttpResponseBase:
    """The digits as a WAV, in parts for browsers that ask for parts; 410 when there are none any more."""
    if voice_for(voice) != voice:
        raise Http404
    row = CaptchaStore.objects.filter(hashkey=key).first()
    if row is None:
        return HttpResponse(status=HTTPStatus.GONE)
    try:
        sound = spoken(row.challenge, voice=voice)
    except SpeechError:
        log.warning("challenge: the program that speaks did not")
        return HttpResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)
    # A part of a file is no longer that part when it is compressed on the way.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    return RangedFileResponse(request, BytesIO(sound), content_type="audio/wav")
