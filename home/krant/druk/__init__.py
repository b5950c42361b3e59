"""The wijkkrant on paper: A4 pages from the same articles as the web pages, and sheets to fold."""

from home.krant.druk.making import Druk, Room, make
from home.krant.druk.parts import Krant, Picture, Stuk
from home.krant.druk.remarks import Kind, Length, Remark, estimate, estimated_pages, remarks_on

__all__ = [
    "Druk",
    "Kind",
    "Krant",
    "Length",
    "Picture",
    "Remark",
    "Room",
    "Stuk",
    "estimate",
    "estimated_pages",
    "make",
    "remarks_on",
]
