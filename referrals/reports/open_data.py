"""The published figures of a municipality that chose so, as open data: a CSV file and its DCAT.

Nothing but what was published and protected once (`ReportPublication`): no report of somebody's
choice, no story, no signal. A municipality that didn't choose so has no address here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from organisations.partnerships.models import Municipality, Partnership
from referrals.reports import figures, long_format
from referrals.reports.categories import municipalities, successors
from referrals.reports.models import ReportPublication
from referrals.reports.publishing import EDITION
from referrals.reports.quarters import next_quarter
from welzijn.core.csv_export import MEDIA_TYPE

_LICENCE = "http://creativecommons.org/publicdomain/zero/1.0/"
_LANGUAGE = "http://publications.europa.eu/resource/authority/language/NLD"
_QUARTERLY = "http://publications.europa.eu/resource/authority/frequency/QUARTERLY"
_SOCIETY = "http://publications.europa.eu/resource/authority/data-theme/SOCI"
_CSV = "http://publications.europa.eu/resource/authority/file-type/CSV"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True, slots=True)
class Dataset:
    """The published quarters of one municipality."""

    code: str
    name: str
    quarters: Sequence[date]
    modified: date


def datasets(partnership: Partnership) -> list[Dataset]:
    """Return what is open here, by name; a municipality without a published quarter has none."""
    counts_as = successors(partnership)
    open_codes = {counts_as.get(code, code) for code in partnership.open_data}
    open_codes &= {code for code in municipalities(partnership) if code}
    names = dict(Municipality.objects.filter(code__in=open_codes).values_list("code", "name"))
    found: dict[str, list[tuple[date, date]]] = {}
    for code, quarter, at in ReportPublication.objects.filter(
        partnership=partnership, municipality__in=open_codes, edition=EDITION
    ).values_list("municipality", "quarter", "published_at"):
        found.setdefault(code, []).append((quarter, at.date()))
    return [
        Dataset(
            code,
            names[code],
            sorted(quarter for quarter, _at in known),
            max(at for _quarter, at in known),
        )
        for code, known in sorted(found.items(), key=lambda item: names[item[0]])
    ]


def is_open(partnership: Partnership, code: str) -> bool:
    """Return whether the figures of this municipality are open, or will be once published."""
    if not partnership.open_data:
        return False
    counts_as = successors(partnership)
    return code in {counts_as.get(one, one) for one in partnership.open_data}


def rows(partnership: Partnership, dataset: Dataset) -> Iterator[long_format.Row]:
    """Yield the header and a line for each published figure, in Dutch whoever asks."""
    with override("nl"):
        yield long_format.header()
        for quarter in dataset.quarters:
            report = figures.read(
                partnership=partnership,
                municipality=dataset.code,
                name=dataset.name,
                quarter=quarter,
                months=3,
            )
            if report:
                yield from list(long_format.of_report(report))[1:]


def catalogue(partnership: Partnership, found: Sequence[Dataset], base: str) -> dict[str, Any]:
    """Describe the datasets in DCAT-AP, as JSON-LD. `base`: the address of the catalogue."""
    with override("nl"):
        publisher = {"@type": "foaf:Agent", "foaf:name": partnership.name}
        return {
            "@context": _CONTEXT,
            "@id": base,
            "@type": "dcat:Catalog",
            "dct:title": _text(_("Open data van {name}").format(name=partnership.name)),
            "dct:description": _text(
                _("Cijfers over hulpvragen van inwoners, zoals zij per kwartaal zijn gepubliceerd.")
            ),
            "dct:publisher": publisher,
            "dct:language": {"@id": _LANGUAGE},
            "dct:license": {"@id": _LICENCE},
            "dcat:dataset": [_dataset(partnership, one, base) for one in found],
        }


def _dataset(partnership: Partnership, dataset: Dataset, base: str) -> dict[str, Any]:
    address = f"{base}{dataset.code}.csv"
    title = _("Hulpvragen in {municipality} per kwartaal").format(municipality=dataset.name)
    return {
        "@id": f"{base}#{dataset.code}",
        "@type": "dcat:Dataset",
        "dct:identifier": f"{partnership.slug}-{dataset.code}",
        "dct:title": _text(title),
        "dct:description": _text(
            _(
                "Vragen die binnenkwamen en die zijn geholpen, per maand, organisatie, leefgebied,"
                " wijk en ingang; overdrachten; doelen. Elk cijfer is beschermd: het zit er"
                " hoogstens {n} naast, en delen tellen niet precies op tot het totaal."
            ).format(n=partnership.figure_bound)
        ),
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": partnership.name},
        "dcat:contactPoint": {
            "@type": "vcard:Organization",
            "vcard:fn": partnership.desk_name,
            "vcard:hasTelephone": {"@id": f"tel:{partnership.desk_phone.replace(' ', '')}"},
        },
        "dcat:theme": {"@id": _SOCIETY},
        "dcat:keyword": [_text(word) for word in ("hulpvragen", "welzijn", "sociaal domein")],
        "dct:accrualPeriodicity": {"@id": _QUARTERLY},
        "dct:spatial": {
            "@id": f"http://standaarden.overheid.nl/owms/terms/{dataset.code}",
            "dct:identifier": dataset.code,
        },
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _day(dataset.quarters[0]),
            "dcat:endDate": _day(next_quarter(dataset.quarters[-1])),
        },
        "dct:modified": _day(dataset.modified),
        "dct:language": {"@id": _LANGUAGE},
        "dcat:distribution": [
            {
                "@id": address,
                "@type": "dcat:Distribution",
                "dct:title": _text(f"{title} (CSV)"),
                "dcat:accessURL": {"@id": address},
                "dcat:downloadURL": {"@id": address},
                "dcat:mediaType": {
                    "@id": f"http://www.iana.org/assignments/media-types/{MEDIA_TYPE}"
                },
                "dct:format": {"@id": _CSV},
                "dct:license": {"@id": _LICENCE},
            }
        ],
    }


def _text(words: str) -> dict[str, str]:
    return {"@value": str(words), "@language": "nl"}


def _day(day: date) -> dict[str, str]:
    return {"@value": day.isoformat(), "@type": "xsd:date"}
