"""Name and password (RFC 7617) or a token (RFC 6750), where a server is not for everybody."""

from __future__ import annotations

import base64
from hmac import compare_digest

from vesoc.cache import Fields

_FIELD = b"authorization"


class Credentials:
    """What a client has to send; either will do where both a password and a token are set."""

    def __init__(self, user: str | None, password: str | None, token: str | None) -> None:
        self._wanted: list[bytes] = []
        challenges = []
        if user is not None:
            self._wanted.append(b"basic " + base64.b64encode(f"{user}:{password}".encode()))
            challenges.append('Basic realm="vesoc", charset="UTF-8"')
        if token is not None:
            self._wanted.append(b"bearer " + token.encode())
            challenges.append('Bearer realm="vesoc"')
        self.challenge = ", ".join(challenges)

    def __bool__(self) -> bool:
        return bool(self._wanted)

    def given(self, fields: Fields) -> bool:
        """Whether the fields of a request hold them; it takes as long whichever byte is wrong."""
        values = [value for name, value in fields if name == _FIELD]
        if len(values) != 1:
            return False
        scheme, _, rest = values[0].partition(b" ")
        found = b"%b %b" % (scheme.lower(), rest.strip())
        return sum(compare_digest(found, wanted) for wanted in self._wanted) > 0
