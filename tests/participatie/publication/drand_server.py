"""A server on this machine that speaks drand's API."""

import json
from contextlib import AbstractContextManager

from tests.misbehaving import MisbehavingServer, running


class DrandServer(MisbehavingServer):
    """Gives the signatures (round → hex) of a chain."""

    def __init__(self, chain_hash: str, signatures: dict[int, str]) -> None:
        super().__init__()
        self.rounds = {f"/{chain_hash}/public/{number}": (number, hex) for number, hex in signatures.items()}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def reply(self, path: str) -> tuple[int, bytes]:
        if path not in self.rounds:
            return 404, b""
        number, signature = self.rounds[path]
        return 200, json.dumps({"round": number, "signature": signature, "randomness": ""}).encode()


def drand_server(chain_hash: str, signatures: dict[int, str]) -> AbstractContextManager[DrandServer]:
    return running(DrandServer(chain_hash, signatures))
