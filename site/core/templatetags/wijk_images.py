"""Pictures in several sizes, without a query when the sizes are known."""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.images.models import SourceImageIOError

from core.models import SiteImage
from core.sizes import Sizes, sizes_of

register = template.Library()


@register.simple_tag
def sized_image(image: SiteImage, *specs: str, alt: str, **attributes: Any) -> SafeString:
    """An <img> in these sizes, smallest first: {% sized_image image "width-480|format-webp" … alt=alt %}.

    Nothing at all when the file is gone: a page without its picture is better than no page.
    """
    try:
        sizes = sizes_of(image, specs)
    except (SourceImageIOError, OSError):
        return SafeString("")
    return format_html(
        '<img src="{}" srcset="{}" width="{}" height="{}" alt="{}"{}>',
        sizes.src,
        sizes.srcset,
        sizes.width,
        sizes.height,
        alt,
        format_html_join("", ' {}="{}"', ((name, value) for name, value in attributes.items())),
    )


@register.simple_tag
def image_size(image: SiteImage, spec: str) -> Sizes | None:
    """One size of a picture with its src, width and height; nothing when the file is gone."""
    try:
        return sizes_of(image, (spec,))
    except (SourceImageIOError, OSError):
        return None
