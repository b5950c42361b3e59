"""What is known of pictures in their sizes, so that showing one again costs nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from wagtail.images.models import AbstractImage, Filter


@dataclass(frozen=True)
class Sizes:
    """Addresses of one picture in several sizes; width and height in pixels, of the smallest."""

    src: str
    srcset: str
    width: int
    height: int


_sizes: dict[tuple[Any, ...], Sizes] = {}
_seen: set[tuple[Any, ...]] = set()
MAX_KEPT = 5000


def sizes_of(image: AbstractImage, specs: tuple[str, ...]) -> Sizes:
    """One picture in some of the SPECS, smallest first. Kept in this process: a size never changes.

    A new file or another focal point makes another key. Raises what Wagtail raises when the file is gone.
    """
    version = _version(image)
    key = (*version, specs)
    if key not in _sizes:
        renditions = list(image.get_renditions(*(Filter(spec=spec) for spec in specs)).values())
        if len(_sizes) >= MAX_KEPT:
            _sizes.clear()
            _seen.clear()
        _sizes[key] = Sizes(
            renditions[0].url,
            ", ".join(f"{rendition.url} {rendition.width}w" for rendition in renditions),
            renditions[0].width,
            renditions[0].height,
        )
        _seen.add(version)
    return _sizes[key]


def prepare(images: Iterable[AbstractImage | None]) -> None:
    """Fetch the sizes of pictures this process has not shown before: one query for all, or none."""
    new = {image.pk: image for image in images if image is not None and _version(image) not in _seen}
    prefetch_related_objects(list(new.values()), "renditions")


def _version(image: AbstractImage) -> tuple[Any, ...]:
    return (
        image.pk,
        image.file_hash,
        image.focal_point_x,
        image.focal_point_y,
        image.focal_point_width,
        image.focal_point_height,
    )


def forget() -> None:
    """Drop what this process knows. For tests."""
    _sizes.clear()
    _seen.clear()
