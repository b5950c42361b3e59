"""Addresses of the desk of the wijkkrant, under /admin/."""

from typing import Any

from django.urls import path

from home.desk.krant import board, from_news, paper

SCREENS: dict[str, tuple[str, Any]] = {
    "krant/": ("krant_desk", board.KrantView),
    "krant/<int:pk>/": ("krant_board", board.BoardView),
    "krant/<int:pk>/pagina/": ("krant_pages", board.PagesView),
    "krant/<int:pk>/stap/<slug:naar>/": ("krant_step", board.StepView),
    "krant/<int:pk>/volgorde/<int:artikel>/": ("krant_order", board.OrderView),
    "krant/nieuws/<int:pk>/": ("krant_from_news", from_news.FromNewsView),
    "krant/artikel/<int:pk>/nieuws/": ("krant_source", from_news.SourceView),
    **paper.SCREENS,
}

urlpatterns = [path(address, view.as_view(), name=name) for address, (name, view) in SCREENS.items()]
