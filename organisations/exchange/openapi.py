"""The description of the HSDS API, for programs that read it."""

from typing import Any

from organisations.exchange import hsds_models as hsds

_PAGING = ("search", "page", "per_page", "format")
_LISTS: dict[str, tuple[type[hsds.Part], type[hsds.Part], tuple[str, ...]]] = {
    "services": (
        hsds.ServiceSummary,
        hsds.FullService,
        (
            "taxonomy_term_id",
            "taxonomy_id",
            "organization_id",
            "modified_after",
            "minimal",
            "full",
        ),
    ),
    "organizations": (hsds.OrganizationSummary, hsds.FullOrganization, ("full_service", "full")),
    "taxonomies": (hsds.Taxonomy, hsds.Taxonomy, ()),
    "taxonomy_terms": (
        hsds.TaxonomyTerm,
        hsds.TaxonomyTerm,
        ("taxonomy_id", "top_only", "parent_id"),
    ),
    "service_at_locations": (
        hsds.ServiceAtLocation,
        hsds.ServiceAtLocation,
        (
            "taxonomy_term_id",
            "taxonomy_id",
            "organization_id",
            "modified_after",
            "full",
            "postcode",
            "proximity",
        ),
    ),
}
_PAGE_NUMBERS = ("total_items", "total_pages", "page_number", "size")
_PAGE_FLAGS = ("first_page", "last_page", "empty")
_NUMBERS, _FLAGS = {"page", "per_page"}, {"minimal", "full", "full_service", "top_only"}


def document(name: str, server: str) -> dict[str, Any]:
    """Return the OpenAPI document of one partnership's API."""
    paths: dict[str, Any] = {
        "/hsds/": {"get": _operation("What this API is", hsds.ApiInformation.model_json_schema())}
    }
    for path, (listed, one, own) in _LISTS.items():
        page = {
            "type": "object",
            "properties": {
                **{name: {"type": "integer"} for name in _PAGE_NUMBERS},
                **{name: {"type": "boolean"} for name in _PAGE_FLAGS},
                "contents": {"type": "array", "items": listed.model_json_schema()},
            },
        }
        parameters = [_parameter(parameter) for parameter in (*_PAGING, *own)]
        paths[f"/{path}"] = {"get": _operation(f"A page of {path}", page, parameters)}
        of_one = [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}]
        of_one += [_parameter(one) for one in own if one == "full_service"]
        paths[f"/{path}/{{id}}"] = {
            "get": _operation(f"One of {path}", one.model_json_schema(), of_one)
        }
    return {
        "openapi": "3.1.0",
        "info": {"title": f"{name}: services", "version": hsds.VERSION},
        "servers": [{"url": server}],
        "paths": paths,
    }


def _parameter(name: str) -> dict[str, Any]:
    kind = "integer" if name in _NUMBERS else "boolean" if name in _FLAGS else "string"
    return {"name": name, "in": "query", "required": False, "schema": {"type": kind}}


def _operation(
    summary: str, schema: dict[str, Any], parameters: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    return {
        "summary": summary,
        "parameters": parameters or [],
        "responses": {"200": {"description": summary, "content": content}},
    }
