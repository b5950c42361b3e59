"""TEMPORARY: stands in for demo content that is still being made. Goes when everything is there."""

import contextlib
import json
import re
from typing import Any

from home.demo import content, load, translating


def fill_what_is_not_there_yet() -> None:
    if not (content.IMAGES / "images.json").exists():
        content.pictures = _plain_pictures  # type: ignore[assignment]
    texts = _Same()
    with contextlib.suppress(content.ContentError):
        texts.update(translating.catalogue("en"))
    load.catalogue = lambda language_code: texts  # type: ignore[attr-defined]


class _Same(dict[str, str]):
    def get(self, key: str, default: Any = None) -> str:
        return super().get(key, key)


def _plain_pictures() -> list[dict[str, Any]]:
    from django.conf import settings
    from PIL import Image

    settings.TEST_FOLDER.mkdir(exist_ok=True)
    path = settings.TEST_FOLDER / "plain.png"
    Image.new("RGB", (1200, 750), "#88aacc").save(path)
    text = (content.FOLDER / "content" / "pages.json").read_text() + (
        content.FOLDER / "content" / "registers.json"
    ).read_text()
    keys = set(re.findall(r'"(?:image|before|after)": "(?:image:)?([a-z0-9-]+)"', text))
    keys |= set(re.findall(r'"image:([a-z0-9-]+)"', text))
    assert json.loads
    return [{"key": key, "path": path, "title_nl": key, "alt_nl": f"Beeld van {key}"} for key in sorted(keys)]
