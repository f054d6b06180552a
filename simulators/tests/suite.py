"""The suite as staff on autopilot see it: lists with prepared items, prepared refusals."""

from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response


@dataclass
class Suite:
    """A gateway that lets everybody sign in, and answers from what a test has laid out."""

    lists: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """Items by the last part of a list's path."""
    answers: dict[str, Response] = field(default_factory=dict)
    """Answers by the last part of a request's path, given until they are taken away."""
    bodies: list[dict[str, Any]] = field(default_factory=list)
    """The bodies sent to prepared answers, as JSON."""
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    """Method, path and token of each request, sign-ins included."""

    def times(self, ending: str) -> int:
        """Count the requests whose path ends so."""
        return sum(path.endswith(ending) for _, path, _ in self.asked)

    def app(self) -> FastAPI:
        """Build what answers."""
        gateway = FastAPI()

        @gateway.api_route("/{path:path}", methods=["GET", "POST", "PUT"])
        async def answer(path: str, request: Request) -> Response:
            token = request.headers.get("authorization", "")
            self.asked.append((request.method, f"/{path}", token))
            last = path.rsplit("/", 1)[-1]
            if last in self.answers:
                if request.headers.get("content-type") == "application/json":
                    self.bodies.append(await request.json())
                return self.answers[last]
            if last == "staff-sessions":
                name = (await request.json())["username"]
                return JSONResponse({"access_token": f"token-of-{name}"})
            if request.method == "GET":
                items = self.lists.get(last, [])
                tab = request.query_params.get("tab")
                return JSONResponse(
                    {"items": [i for i in items if i.get("tab") in (None, tab)], "next": None}
                )
            return Response(status_code=204)

        return gateway


def refusal(slug: str, status: int = 409, **more: Any) -> Response:
    """Return a problem as the services answer it (RFC 9457)."""
    problem = {"type": f"/problems/{slug}", "title": f"The title of {slug}"} | more
    return JSONResponse(problem, status, media_type="application/problem+json")
