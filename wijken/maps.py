"""Maps without a map service: boundaries and points drawn as one inline SVG of links."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

Ring = list[list[float]]

MARGIN = 8


@dataclass(frozen=True)
class Shape:
    """A wijk on the map; `path` is an SVG path, label_x/label_y where its name goes."""

    title: str
    url: str
    path: str
    label_x: int
    label_y: int
    current: bool


@dataclass(frozen=True)
class Marker:
    """A point on the map with the number it has in the list beside it."""

    number: int
    title: str
    x: int
    y: int


@dataclass(frozen=True)
class WijkMap:
    """Everything a template needs to draw the map; width and height in SVG units."""

    width: int
    height: int
    shapes: tuple[Shape, ...]
    markers: tuple[Marker, ...] = ()

    @property
    def viewbox(self) -> str:
        return f"0 0 {self.width} {self.height}"


class Projection:
    """Degrees to SVG units: equirectangular, true to scale at the middle of the area."""

    def __init__(self, points: Iterable[tuple[float, float]], *, width: int) -> None:
        lons, lats = zip(*points, strict=True)
        self._west, self._north = min(lons), max(lats)
        self._shrink = math.cos(math.radians((min(lats) + max(lats)) / 2))
        span_x = (max(lons) - self._west) * self._shrink or 1e-9
        self._scale = (width - 2 * MARGIN) / span_x
        self.width = width
        self.height = round((self._north - min(lats)) * self._scale) + 2 * MARGIN

    def __call__(self, lon: float, lat: float) -> tuple[int, int]:
        x = (lon - self._west) * self._shrink * self._scale
        y = (self._north - lat) * self._scale
        return round(x) + MARGIN, round(y) + MARGIN


def _centroid(points: list[tuple[int, int]]) -> tuple[int, int]:
    """The centre of a polygon's area (shoelace); the mean of its corners when it has no area."""
    area = x_sum = y_sum = 0.0
    for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True):
        cross = x1 * y2 - x2 * y1
        area += cross
        x_sum += (x1 + x2) * cross
        y_sum += (y1 + y2) * cross
    if not area:
        return (
            round(sum(x for x, _ in points) / len(points)),
            round(sum(y for _, y in points) / len(points)),
        )
    return round(x_sum / (3 * area)), round(y_sum / (3 * area))


def draw_map(
    areas: Iterable[tuple[str, str, Ring, bool]],
    *,
    points: Iterable[tuple[int, str, float, float]] = (),
    width: int = 400,
) -> WijkMap | None:
    """Draw areas (title, url, ring, current) and points (number, title, lon, lat).

    Rings are lists of [lon, lat] in degrees. None when no area has a boundary.
    """
    drawn = [area for area in areas if area[2]]
    if not drawn:
        return None
    project = Projection([(lon, lat) for _, _, ring, _ in drawn for lon, lat in ring], width=width)
    shapes = []
    for title, url, ring, current in drawn:
        corners = [project(lon, lat) for lon, lat in ring]
        path = "M" + "L".join(f"{x} {y}" for x, y in corners) + "Z"
        shapes.append(Shape(title, url, path, *_centroid(corners), current))
    markers = tuple(Marker(number, title, *project(lon, lat)) for number, title, lon, lat in points)
    return WijkMap(project.width, project.height, tuple(shapes), markers)
