"""The merged OpenAPI document is the gateway's, and means what each service's own document says."""

import json
from pathlib import Path
from typing import Annotated, Any

import pytest
from fastapi import FastAPI, Query
from pydantic import BaseModel, create_model
from tools.openapi import Unfit, merged

DOCUMENT = Path(__file__).parents[2] / "web/packages/api/openapi.json"


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    described: dict[str, Any] = json.loads(DOCUMENT.read_text("utf-8"))
    return described


class Thing(BaseModel):
    name: str


class Span(BaseModel):
    ends: tuple[int, int]


def service(*answers: type[BaseModel]) -> FastAPI:
    """Build a service with one operation for each kind of answer."""
    app = FastAPI()
    for number, answer in enumerate(answers):

        @app.get(
            f"/v1/things/{number}", tags=["things"], response_model=answer, name=f"read{number}"
        )
        async def read_thing() -> None: ...

    return app


def test_paths_are_the_gateways_and_operations_are_named_by_service_tag_and_function(
    document: dict[str, Any],
) -> None:
    read_hold = document["paths"]["/api/hold/v1/holds/{hold_id}"]["get"]

    assert read_hold["operationId"] == "hold.holds.readHold"
    assert "/api/hold/v1/work-list" in document["paths"]
    assert not [path for path in document["paths"] if "/v1/internal" in path]


def test_every_reference_leads_to_a_schema_and_no_schema_is_there_for_nothing(
    document: dict[str, Any],
) -> None:
    text = json.dumps(document)

    schemas = document["components"]["schemas"]
    used = {part.partition('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert used == schemas.keys()


def test_a_problem_and_its_faults_are_one_type_for_all_services(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]

    errors = schemas["Problem"]["properties"]["errors"]
    assert errors["items"] == {"$ref": "#/components/schemas/Fault"}
    assert schemas["Fault"]["required"] == ["field"]
    operations = [o for methods in document["paths"].values() for o in methods.values()]
    answers = {
        json.dumps(answer["content"]["application/problem+json"])
        for operation in operations
        if operation["operationId"] != "identity.partners.token"  # in the words of RFC 6749
        for status, answer in operation["responses"].items()
        if status >= "4"
    }
    assert answers == {'{"schema": {"$ref": "#/components/schemas/Problem"}}'}


def test_a_schema_that_all_services_have_is_there_once_and_others_carry_the_services_name() -> None:
    class Other(BaseModel):
        size: int

    document = merged({"hold": service(Thing), "order": service(Thing, Other)})
    with_another_meaning = merged(
        {"hold": service(Thing), "order": service(create_model("Thing", size=int))}
    )

    assert document["components"]["schemas"].keys() == {"Thing", "order.Other"}
    assert with_another_meaning["components"]["schemas"].keys() == {"hold.Thing", "order.Thing"}
    answer = with_another_meaning["paths"]["/api/order/v1/things/0"]["get"]["responses"]["200"]
    schema = answer["content"]["application/json"]["schema"]
    assert schema == {"$ref": "#/components/schemas/order.Thing"}


def test_a_tuple_in_an_answer_is_refused() -> None:
    with pytest.raises(Unfit, match=r"hold: /schemas/Span/properties/ends is a tuple"):
        merged({"hold": service(Span), "order": service(Thing)})


def test_two_operations_of_one_name_are_refused() -> None:
    app = service(Thing)

    @app.post("/v1/others", tags=["things"], name="read0")
    async def read_other() -> None: ...

    with pytest.raises(Unfit, match=r"two operations are hold\.things\.read0"):
        merged({"hold": app})


def test_a_filter_that_a_document_does_not_name_is_refused() -> None:
    """`kit.paging.known_filters` asks the route, for a document takes long to write."""
    app = service(Thing)

    @app.get("/v1/others", tags=["things"])
    async def read_others(hidden: Annotated[int, Query(include_in_schema=False)] = 0) -> None: ...

    with pytest.raises(Unfit, match=r"/v1/others takes \['hidden'\]"):
        merged({"hold": app})
