"""The gateway as staff use it: signed in as one of the local system's own, patient, by API."""

import time
from typing import Any, Final

import httpx
from pydantic import SecretStr

FRESH_SECONDS: Final = 600
"""Time after which staff sign in again; their tokens live for fifteen minutes."""
_UNAUTHENTICATED: Final = 401
_PASSING: Final = frozenset({429, 502, 503, 504})


class Unreachable(Exception):
    """The suite does not answer for the moment: it starts again, or has too much to do."""


class Refusal(Exception):
    """The suite said no, and why (RFC 9457)."""

    def __init__(self, status: int, problem: dict[str, Any], request: str) -> None:
        super().__init__(f"{request} -> {status} {problem.get('type')}")
        self.status, self.problem = status, problem

    @property
    def slug(self) -> str:
        """The stable name of the problem."""
        return str(self.problem.get("type", "")).rsplit("/", 1)[-1]

    @property
    def title(self) -> str:
        """The problem in words."""
        return str(self.problem.get("title") or self.problem.get("detail") or self.slug)


class Console:
    """A member of staff at a console; signs in when the token is missing, old or refused."""

    def __init__(
        self, http: httpx.AsyncClient, gateway: str, username: str, password: SecretStr
    ) -> None:
        self.username = username
        self._http, self._gateway, self._password = http, gateway.rstrip("/"), password
        self._token, self._signed_in_at = "", 0.0

    async def get(self, path: str, **params: Any) -> Any:
        """Read something. Raises Refusal, Unreachable."""
        given = {key: value for key, value in params.items() if value is not None}
        return await self._ask("GET", path, params=given)

    async def items(self, path: str, **params: Any) -> list[dict[str, Any]]:
        """Read a whole list, page after page. Raises Refusal, Unreachable."""
        items: list[dict[str, Any]] = []
        after = None
        while True:
            page = await self.get(path, limit=100, after=after, **params)
            items += page["items"]
            if not (after := page.get("next")):
                return items

    async def post(self, path: str, body: Any = None) -> Any:
        """Do something. Raises Refusal, Unreachable."""
        return await self._ask("POST", path, json=body)

    async def put(self, path: str, body: Any) -> Any:
        """Set something. Raises Refusal, Unreachable."""
        return await self._ask("PUT", path, json=body)

    async def photo(self, path: str, picture: bytes) -> None:
        """Keep a picture. Raises Refusal, Unreachable."""
        await self._ask("POST", path, content=picture, headers={"content-type": "image/jpeg"})

    async def _ask(self, method: str, path: str, **how: Any) -> Any:
        if time.monotonic() - self._signed_in_at > FRESH_SECONDS or not self._token:
            await self._sign_in()
        try:
            return await self._once(method, path, **how)
        except Refusal as refusal:
            if refusal.status != _UNAUTHENTICATED:
                raise
        await self._sign_in()  # dismissed from this session: other duties, or a new database
        return await self._once(method, path, **how)

    async def _sign_in(self) -> None:
        self._token = ""
        credentials = {"username": self.username, "password": self._password.get_secret_value()}
        answer = await self._once("POST", "/api/identity/v1/staff-sessions", json=credentials)
        self._token, self._signed_in_at = answer["access_token"], time.monotonic()

    async def _once(self, method: str, path: str, **how: Any) -> Any:
        headers = how.pop("headers", {})
        if self._token:
            headers = headers | {"authorization": f"Bearer {self._token}"}
        try:
            answer = await self._http.request(method, self._gateway + path, headers=headers, **how)
        except httpx.TransportError as error:
            raise Unreachable(f"{method} {path}: {error!r}") from error
        if answer.status_code in _PASSING:
            raise Unreachable(f"{method} {path} -> {answer.status_code}")
        return _read(answer)


def _read(answer: httpx.Response) -> Any:
    is_json = "json" in answer.headers.get("content-type", "")
    if answer.is_error:
        problem = answer.json() if is_json else {}
        request = f"{answer.request.method} {answer.request.url.path}"
        raise Refusal(answer.status_code, problem if isinstance(problem, dict) else {}, request)
    if not answer.content:
        return None
    return answer.json() if is_json else answer.content
