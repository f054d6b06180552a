"""`python -m kit.healthcheck`: ends with 0 if the service in this container is ready.

Asked every few seconds, so it imports next to nothing.
"""

import socket
import sys

HOST, PORT = "127.0.0.1", 8000
_REQUEST = f"GET /readyz HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n"


def is_ready(port: int = PORT) -> bool:
    """Tell whether `/readyz` says yes."""
    try:
        with socket.create_connection((HOST, port), timeout=3) as line:
            line.sendall(_REQUEST.encode())
            return b" 200 " in line.recv(64)
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(not is_ready())
