"""Public pages carry schema.org markup that the policy allows and that no text can break out of."""

import base64
import hashlib
import json
import re

import pytest
from django.test import Client

from tests.support import factories as make

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}
EVIL = "</script><script>alert(1)</script><!-- & \u2028"
ELEMENT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.mark.parametrize("path", ["/aanbod/kijk/maatje/", "/aanbod/leefgebied/geld/"])
def test_the_markup_says_what_the_page_says_and_is_allowed_by_its_hash(
    client: Client, path: str
) -> None:
    here = make.world()
    make.service(
        here, "stimenz", "geld", slug="maatje", name=EVIL, description=EVIL, audience=["12-15"]
    )
    make.fresh_front_doors()
    response = client.get(path, headers=HOST)
    (text,) = ELEMENT.findall(response.content.decode())
    assert "<" not in text
    assert "&" not in text
    data = json.loads(text)
    told = data["itemListElement"][0]["item"] if "itemListElement" in data else data
    assert (told["@type"], told["name"]) == ("Service", EVIL)
    assert told["url"] == "http://putten.localhost/aanbod/kijk/maatje/"
    assert told["provider"]["name"] == here["stimenz"].name
    assert told["audience"]["suggestedMaxAge"] == 15
    assert "capacity" not in text
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    policy = response.headers["Content-Security-Policy"]
    assert f"script-src 'self' 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
