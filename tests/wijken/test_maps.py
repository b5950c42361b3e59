"""Maps without a map service: from degrees to a drawing."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from wijken.maps import MARGIN, Projection, _centroid, draw_map
from wijken.models import Wijk
from wijken.models.wijk import validate_ring

SQUARE = [[4.0, 52.0], [4.1, 52.0], [4.1, 52.1], [4.0, 52.1]]
lons = st.floats(3.3, 7.3, allow_nan=False)
lats = st.floats(50.7, 53.6, allow_nan=False)
# No smaller than about a metre: rounder than any boundary that a person draws.
points = st.tuples(lons, lats).map(lambda point: (round(point[0], 5), round(point[1], 5)))


def test_north_is_up_and_east_is_right() -> None:
    project = Projection([(4.0, 52.0), (4.1, 52.1)], width=600)
    west, _y = project(4.0, 52.05)
    east, _y = project(4.1, 52.05)
    _x, north = project(4.05, 52.1)
    _x, south = project(4.05, 52.0)
    assert (west, east) == (MARGIN, 600 - MARGIN)
    assert north == MARGIN
    assert south == project.height - MARGIN


def test_a_kilometre_is_as_long_to_the_east_as_to_the_north() -> None:
    # At 52 degrees a degree of longitude is 0.616 of a degree of latitude.
    project = Projection([(4.0, 52.0), (4.1, 52.0616)], width=1000)
    assert project.height == pytest.approx(1000, abs=5)


@given(st.lists(points, min_size=2, unique_by=lambda point: point[0]), st.integers(100, 2000))
def test_every_point_is_inside_the_drawing(corners: list[tuple[float, float]], width: int) -> None:
    project = Projection(corners, width=width)
    for lon, lat in corners:
        x, y = project(lon, lat)
        assert MARGIN - 1 <= x <= width - MARGIN + 1
        assert MARGIN - 1 <= y <= project.height - MARGIN + 1


@given(lons, lats)
def test_one_point_is_no_reason_to_divide_by_zero(lon: float, lat: float) -> None:
    assert Projection([(lon, lat)], width=600)(lon, lat) == (MARGIN, MARGIN)


@pytest.mark.parametrize(
    ("corners", "centre"),
    [
        ([(0, 0), (10, 0), (10, 10), (0, 10)], (5, 5)),
        ([(0, 0), (0, 10), (10, 10), (10, 0)], (5, 5)),
        ([(0, 0), (9, 0), (0, 9)], (3, 3)),
        # An L: its centre of area, not the mean of its corners.
        ([(0, 0), (30, 0), (30, 10), (10, 10), (10, 30), (0, 30)], (11, 11)),
        ([(4, 4), (8, 8)], (6, 6)),
    ],
)
def test_the_name_stands_in_the_middle(corners: list[tuple[int, int]], centre: tuple[int, int]) -> None:
    assert _centroid(corners) == centre


@given(st.integers(-500, 500), st.integers(-500, 500), st.integers(1, 300), st.integers(1, 300))
def test_the_middle_of_a_rectangle_wherever_it_is(x: int, y: int, width: int, height: int) -> None:
    corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
    middle_x, middle_y = _centroid(corners)
    assert abs(middle_x - (x + width / 2)) <= 0.5
    assert abs(middle_y - (y + height / 2)) <= 0.5


def test_a_map_of_nothing_is_no_map() -> None:
    assert draw_map([]) is None
    assert draw_map([("Wijk", "/wijk/", [], False)]) is None


def test_an_area_without_boundary_is_left_out() -> None:
    drawn = draw_map([("Met", "/met/", SQUARE, True), ("Zonder", "/zonder/", [], False)])
    assert drawn
    (shape,) = drawn.shapes
    assert (shape.title, shape.url, shape.current) == ("Met", "/met/", True)
    assert shape.path.startswith("M")
    assert shape.path.endswith("Z")
    assert shape.path.count("L") == len(SQUARE) - 1


def test_markers_keep_their_number() -> None:
    drawn = draw_map([("Wijk", "/", SQUARE, False)], points=[(3, "Bord", 4.05, 52.05)])
    assert drawn
    (marker,) = drawn.markers
    assert (marker.number, marker.title) == (3, "Bord")
    assert abs(marker.x - drawn.width / 2) <= 1


@pytest.mark.parametrize(
    "ring",
    [
        [[4.0, 52.0], [4.1, 52.0]],
        [[52.0, 4.0, 0], [1, 2], [3, 4]],
        [[4.0, 52.0], [4.1, 52.0], [4.1, 152.0]],
        [["a", "b"], [1, 2], [3, 4]],
        {"type": "Polygon"},
        12,
        "nergens",
        [None, None, None],
    ],
)
def test_what_is_no_boundary_is_refused_with_a_sentence(ring: object) -> None:
    with pytest.raises(ValidationError) as caught:
        validate_ring(ring)
    assert caught.value.messages[0].endswith(".")


json_like = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(json_like)
def test_any_json_is_a_boundary_or_is_refused(value: object) -> None:
    try:
        validate_ring(value)
    except ValidationError:
        return
    if value:
        assert draw_map([("Wijk", "/", value, False)])  # type: ignore[list-item]


@pytest.mark.django_db
def test_the_demo_is_drawn_as_ten_wijken(client: Client) -> None:
    drawn = client.get("/nl/wijken/").context["map"]
    assert len(drawn.shapes) == Wijk.objects.count() == 10
    assert all(shape.url.startswith("/nl/wijken/") for shape in drawn.shapes)
    assert 200 < drawn.height < 2000
