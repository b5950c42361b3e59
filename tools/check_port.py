"""Says in one sentence why the site cannot start on a port. Usage: check_port.py PORT COMMAND"""

import contextlib
import socket
import sys


def is_free(port: int) -> bool:
    """Whether nobody listens on this port of this machine, on either kind of address."""
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.settimeout(0.5)
            if probe.connect_ex((address, port)) == 0:
                return False
    return True


def problem(word: str, command: str) -> str:
    """The sentence, or nothing when the port can be used."""
    if not (word.isascii() and word.isdigit() and 0 < int(word) < 65536):
        return f"'{word}' is geen poort. Kies een getal, bijvoorbeeld: {command} PORT=8123"
    port = int(word)
    other = next((n for n in range(8123, 8200) if n != port and is_free(n)), 8123)
    if not is_free(port):
        return f"Poort {port} is al in gebruik. Kies een andere: {command} PORT={other}"
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            return (
                f"Poort {port} is voor de beheerder van deze machine. Kies een andere: {command} PORT={other}"
            )
        except OSError:
            return f"Poort {port} is al in gebruik. Kies een andere: {command} PORT={other}"
    return ""


if __name__ == "__main__":
    sys.exit(problem(sys.argv[1], sys.argv[2]) or 0)
