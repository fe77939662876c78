"""The transports of routes and calls."""

from enum import StrEnum


class Kind(StrEnum):
    """The transport of a route or call."""

    HTTP = "http"
    WEBSOCKET = "websocket"
    SSE = "sse"
    MOUNT = "mount"
