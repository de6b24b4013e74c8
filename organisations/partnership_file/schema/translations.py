"""The table of translations: each text of the file as residents of other languages read it."""

from __future__ import annotations

from pydantic import Field

from organisations.partnership_file.fields import Text
from organisations.partnership_file.schema.base import Table


class Translation(Table):
    """Een tekst uit dit bestand in andere talen. Zonder vertaling staat er Nederlands."""

    nl: Text = Field(alias="nl", description="de tekst, precies zoals hij in dit bestand staat")
    en: Text | None = Field(default=None, alias="en", description="in het Engels")
    ar: Text | None = Field(default=None, alias="ar", description="in het Arabisch")
    tr: Text | None = Field(default=None, alias="tr", description="in het Turks")
    pl: Text | None = Field(default=None, alias="pl", description="in het Pools")
    uk: Text | None = Field(default=None, alias="uk", description="in het Oekraïens")
