"""Tags and filters of the page templates: languages, addresses, telephone numbers, money."""

import re
from datetime import date

from django import template
from django.conf import settings
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.defaultfilters import urlencode
from django.urls import reverse
from django.utils import numberformat
from django.utils.formats import date_format, get_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.models import Page

from core.cache import drawn_once
from core.page_index import address_of, language_of, own_address
from core.reading import MACHINE_ATTRIBUTE, is_by_machine, reader_language

register = template.Library()

# In the HTML itself, because pieces of it are kept and not drawn again.
MACHINE_MARK = SafeString(f" {MACHINE_ATTRIBUTE}")


class OnceNode(template.Node):
    def __init__(self, keys: list[FilterExpression], nodelist: NodeList) -> None:
        self.keys = keys
        self.nodelist = nodelist

    def render(self, context: template.Context) -> str:
        keys = [key.resolve(context) for key in self.keys]
        return drawn_once(
            (self.origin.name, get_language(), reader_language(), *keys), lambda: self._draw(context)
        )

    def _draw(self, context: template.Context) -> str:
        # What is set inside stays inside, for the next time nothing is set.
        with context.push():
            return self.nodelist.render(context)


@register.tag
def once(parser: Parser, token: Token) -> OnceNode:
    """Draw a piece once for each language, day and version of the content: {% once "card" page.pk %}.

    The first key is its name within the template, the others are what else it depends on. That is never who
    asks or what they typed.
    """
    _tag, *keys = token.split_contents()
    nodelist = parser.parse(("endonce",))
    parser.delete_first_token()
    return OnceNode([parser.compile_filter(key) for key in keys], nodelist)


@register.simple_tag
def lang_attrs(language_code: str, link: bool = False) -> SafeString:
    """`lang` and `dir` for words in another language than the page around them, else nothing.

    With link=True also `hreflang`, for a link to a page in that language. Words of a computer that nobody
    checked get a mark that `noting_machine_words` finds.
    """
    mark = MACHINE_MARK if is_by_machine(language_code) else SafeString("")
    if not language_code or language_code == get_language():
        return mark
    direction = "rtl" if language_code.split("-")[0] in settings.LANGUAGES_BIDI else "ltr"
    attributes = [("lang", language_code), ("dir", direction)]
    if link:
        attributes.append(("hreflang", language_code))
    return format_html_join("", ' {}="{}"', attributes) + mark


@register.simple_block_tag(takes_context=True)
def noting_machine_words(context: template.Context, content: str) -> str:
    """Everything inside; afterwards `has_machine_words` says whether words of a computer were among it."""
    context["has_machine_words"] = MACHINE_MARK in content
    return content


@register.filter
def content_language(page: Page | None) -> str:
    """The language a page's words are in; without a page the active one."""
    return language_of(page) if page else get_language() or settings.LANGUAGE_CODE


@register.filter
def address(page: Page) -> str:
    """Where this reader finds a page of this site."""
    return address_of(page)


@register.filter
def absolute(path: str | None) -> str:
    """The whole address of a path of this site, for sharing and for search engines."""
    path = path or ""
    return f"{settings.SITE_URL}{path}" if path.startswith("/") else path


@register.simple_tag
def source_url(page: Page, route: str = "") -> str:
    """The address that search engines should keep: of the page whose words are shown.

    `route` is the part of the address that the page itself looks after.
    """
    return absolute(f"{own_address(page.alias_of or page)}{route}")


@register.filter
def euro(amount: int) -> SafeString:
    """Whole euros as people of the active language write the number: € 326.000."""
    # Some languages do not group by themselves; six digits in a row are hard to read in any of them.
    number = numberformat.format(
        abs(amount),
        get_format("DECIMAL_SEPARATOR"),
        grouping=3,
        thousand_sep=get_format("THOUSAND_SEPARATOR"),
        force_grouping=True,
    )
    return format_html('<bdi dir="ltr">{}€&nbsp;{}</bdi>', "−" if amount < 0 else "", number)


@register.simple_tag
def qr_url(path: str) -> str:
    """Where the QR code of a page of this site is drawn."""
    return f"{reverse('qr')}?pad={urlencode(path)}"


@register.filter
def day(value: date | None) -> SafeString:
    """A day in full, for people and machines; empty for none."""
    if value is None:
        return SafeString("")
    written = date_format(value, "j E Y")
    return format_html('<time datetime="{}"><bdi>{}</bdi></time>', value.strftime("%Y-%m-%d"), written)


@register.filter
def call_links(text: str, number: str) -> SafeString:
    """Text in which one telephone number can be tapped, and stays readable between right-to-left words."""
    escaped = str(conditional_escape(text))
    if number:
        link = format_html(
            '<a class="nl-link" href="tel:{}"><bdi dir="ltr">{}</bdi></a>', number.replace(" ", ""), number
        )
        escaped = re.sub(rf"(?<!\d){re.escape(number)}(?!\d)", lambda _match: str(link), escaped)
    return SafeString(escaped)
