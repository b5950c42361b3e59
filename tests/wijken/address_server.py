"""A server on this machine that speaks the API of PDOK's Locatieserver."""

import json
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.misbehaving import MisbehavingServer, running

PATH = "/bzk/locatieserver/search/v3_1"


def adres(
    postcode: str, huisnummer: int, buurtcode: str, *, huisletter: str = "", toevoeging: str = ""
) -> dict[str, Any]:
    """A row as the service has it: what an address does not have is left out."""
    row = {"postcode": postcode, "huisnummer": huisnummer, "buurtcode": buurtcode}
    if huisletter:
        row["huisletter"] = huisletter
    if toevoeging:
        row["huisnummertoevoeging"] = toevoeging
    return row


class AddressServer(MisbehavingServer):
    """Gives the rows that are asked for, and keeps what was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[dict[str, Any]] = []
        self.asked: list[dict[str, list[str]]] = []

    @property
    def address(self) -> str:
        return f"pdok://?server=http://127.0.0.1:{self.server_port}{PATH}"

    def reply(self, path: str) -> tuple[int, bytes]:
        parts = urlsplit(path)
        asked = parse_qs(parts.query)
        self.asked.append(asked)
        if parts.path != f"{PATH}/free":
            return 404, b""
        wanted = dict(part.split(":") for part in asked["fq"])
        docs = [
            row
            for row in self.rows
            if wanted["type"] == "adres"
            and (row["postcode"], str(row["huisnummer"])) == (wanted["postcode"], wanted["huisnummer"])
        ]
        return 200, json.dumps({"response": {"numFound": len(docs), "docs": docs}}).encode()


def address_server() -> AbstractContextManager[AddressServer]:
    return running(AddressServer())
