"""The outside services that translate: what they have in common, LibreTranslate and DeepL.

Which one is used is one address in `MACHINE_TRANSLATION_URL`; none by default.
"""

import http.client
import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TIMEOUT_SECONDS = 20
# No sane answer is larger: texts come back in about the length they had.
MAX_ANSWER_BYTES = 4 * 1024 * 1024
MAX_WAIT_SECONDS = 3600


class ServiceError(Exception):
    """The service did not translate; the message is for a translator.

    `is_passing` says whether trying again later makes sense, `after` in how many seconds, if the service
    said so.
    """

    def __init__(self, message: str, *, is_passing: bool = False, after: int | None = None) -> None:
        super().__init__(message)
        self.is_passing = is_passing
        self.after = after


class BadAddress(ValueError):
    """MACHINE_TRANSLATION_URL cannot be right; the message is for whoever runs the site."""


@dataclass(frozen=True)
class Connection:
    """Where a service is. `path` comes before the paths of its API."""

    host: str
    port: int | None
    is_secure: bool
    path: str = ""

    def post(self, path: str, data: dict[str, Any], headers: dict[str, str]) -> Any:
        """The JSON that the service answers. ServiceError when it does not, or not in time."""
        kind = http.client.HTTPSConnection if self.is_secure else http.client.HTTPConnection
        connection = kind(self.host, self.port, timeout=TIMEOUT_SECONDS)
        body = json.dumps(data).encode()
        try:
            connection.request(
                "POST", self.path + path, body, {"Content-Type": "application/json", **headers}
            )
            response = connection.getresponse()
            content = response.read(MAX_ANSWER_BYTES + 1)
        except TimeoutError as error:
            raise ServiceError(_("De vertaaldienst gaf niet op tijd antwoord."), is_passing=True) from error
        except (OSError, http.client.HTTPException) as error:
            raise ServiceError(_("De vertaaldienst is niet te bereiken."), is_passing=True) from error
        finally:
            connection.close()
        if response.status != http.client.OK:
            raise _refusal(response.status, response.headers.get("Retry-After"))
        if len(content) > MAX_ANSWER_BYTES:
            raise ServiceError(_("Het antwoord van de vertaaldienst is te groot."))
        try:
            return json.loads(content)
        except ValueError as error:
            raise ServiceError(
                _("Het antwoord van de vertaaldienst is niet te lezen."), is_passing=True
            ) from error


def _refusal(status: int, retry_after: str | None) -> ServiceError:
    """What a status other than 200 means to a translator."""
    seconds = retry_after or ""
    after = min(int(seconds), MAX_WAIT_SECONDS) if seconds.isdecimal() else None
    if status == http.client.TOO_MANY_REQUESTS:
        return ServiceError(_("De vertaaldienst heeft het te druk."), is_passing=True, after=after)
    if status >= http.client.INTERNAL_SERVER_ERROR:
        message = _("De vertaaldienst heeft een storing (%(status)d).") % {"status": status}
        return ServiceError(message, is_passing=True, after=after)
    if status in (http.client.UNAUTHORIZED, http.client.FORBIDDEN):
        return ServiceError(_("De vertaaldienst kent de sleutel van deze site niet. Vraag de beheerder."))
    if status == DeepL.QUOTA_USED:
        return ServiceError(_("Het tegoed bij de vertaaldienst is op. Vraag de beheerder."))
    return ServiceError(_("De vertaaldienst weigert deze tekst (%(status)d).") % {"status": status})


class Service(ABC):
    """A service that translates pieces of HTML."""

    name: ClassVar[str]
    # The codes it knows, by the first part of ours.
    languages: ClassVar[dict[str, str]]
    max_texts: ClassVar[int]
    max_characters: ClassVar[int]

    def __init__(self, connection: Connection, key: str) -> None:
        self.connection = connection
        self.key = key

    def code(self, language_code: str) -> str | None:
        """The service's own code of a language; None for one it does not know or that is not for machines.

        Plain Dutch (`nl-x-b1`) is rewriting, which asks for a person.
        """
        if "-x-" in language_code:
            return None
        return self.languages.get(language_code.partition("-")[0])

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
        """Translations of a batch that fits, in the same order. ServiceError when the service fails."""
        answer = self.ask(texts, source=source, target=target)
        if len(answer) != len(texts) or not all(isinstance(text, str) for text in answer):
            raise ServiceError(_("Het antwoord van de vertaaldienst is niet volledig."), is_passing=True)
        return answer

    @abstractmethod
    def ask(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
        """What the service makes of these texts, as it came. ServiceError when it fails."""

    def batches(self, texts: Sequence[str]) -> Iterator[list[str]]:
        """Texts in portions that the service takes. A text longer than a portion comes alone."""
        batch: list[str] = []
        for text in texts:
            is_full = len(batch) == self.max_texts or sum(map(len, batch)) + len(text) > self.max_characters
            if batch and is_full:
                yield batch
                batch = []
            batch.append(text)
        if batch:
            yield batch


class LibreTranslate(Service):
    name = "LibreTranslate"
    languages: ClassVar[dict[str, str]] = {
        code: code
        for code in (
            *("ar", "az", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "eo", "es", "et", "eu", "fa", "fi"),
            *("fr", "ga", "gl", "he", "hi", "hu", "id", "it", "ja", "ko", "lt", "lv", "ms", "nb", "nl", "pl"),
            *("pt", "ro", "ru", "sk", "sl", "sq", "sv", "th", "tl", "tr", "uk", "ur", "vi", "zh"),
        )
    }
    max_texts = 20
    max_characters = 4_000

    def ask(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
        data = {"q": list(texts), "source": source, "target": target, "format": "html"}
        if self.key:
            data["api_key"] = self.key
        answer = self.connection.post("/translate", data, {})
        found = answer.get("translatedText") if isinstance(answer, dict) else None
        return found if isinstance(found, list) else []


class DeepL(Service):
    name = "DeepL"
    QUOTA_USED: ClassVar[int] = 456
    languages: ClassVar[dict[str, str]] = {
        **{
            code: code.upper()
            for code in (
                *("ar", "bg", "cs", "da", "de", "el", "es", "et", "fi", "fr", "he", "hu", "id", "it", "ja"),
                *("ko", "lt", "lv", "nb", "nl", "pl", "ro", "ru", "sk", "sl", "sv", "th", "tr", "uk", "vi"),
                "zh",
            )
        },
        # As a target these two need a country.
        "en": "EN-GB",
        "pt": "PT-PT",
    }
    max_texts = 50
    max_characters = 20_000

    def ask(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
        data = {
            "text": list(texts),
            "source_lang": source.partition("-")[0],
            "target_lang": target,
            "tag_handling": "html",
        }
        headers = {"Authorization": f"DeepL-Auth-Key {self.key}"}
        answer = self.connection.post("/v2/translate", data, headers)
        found = answer.get("translations") if isinstance(answer, dict) else None
        if not isinstance(found, list):
            return []
        pieces: list[Any] = [item.get("text") if isinstance(item, dict) else None for item in found]
        return pieces


NOT_AN_ADDRESS = gettext_lazy(
    "MACHINE_TRANSLATION_URL moet zijn als libretranslate://server:5000?key=…, libretranslates://server "
    "(met TLS) of deepl://sleutel."
)


def service_at(address: str) -> Service:
    """The service of an address. BadAddress when it names none.

    `libretranslate://host:port/path?key=…` (plain HTTP), `libretranslates://…` (TLS) or `deepl://key`; with
    `deepl://key?server=https://host` another server than DeepL's own.
    """
    parts = urlsplit(address)
    options = parse_qs(parts.query)
    if parts.scheme in ("libretranslate", "libretranslates") and parts.hostname:
        connection = Connection(
            parts.hostname, _port(parts), parts.scheme == "libretranslates", parts.path.rstrip("/")
        )
        return LibreTranslate(connection, options.get("key", [""])[0])
    if parts.scheme == "deepl" and parts.netloc:
        # Keys of free accounts end in ":fx" and live elsewhere.
        free = parts.netloc.endswith(":fx")
        own = "https://api-free.deepl.com" if free else "https://api.deepl.com"
        server = urlsplit(options.get("server", [own])[0])
        if server.scheme in ("http", "https") and server.hostname:
            connection = Connection(server.hostname, _port(server), server.scheme == "https")
            return DeepL(connection, parts.netloc)
    raise BadAddress(str(NOT_AN_ADDRESS))


def _port(parts: Any) -> int | None:
    try:
        port: int | None = parts.port
    except ValueError as error:
        raise BadAddress(str(NOT_AN_ADDRESS)) from error
    return port
