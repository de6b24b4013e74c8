"""Read and check a file: every fault at once, with its line where known."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from pydantic import ValidationError

from organisations.partnership_file.check import check
from organisations.partnership_file.problems import (
    MAX_PROBLEMS,
    FileProblem,
    FileProblemsError,
    at_most,
    from_pydantic,
    with_lines,
)
from organisations.partnership_file.raw_references import unknown_references
from organisations.partnership_file.schema import PartnershipFile

MAX_BYTES = 2_000_000
"""Far more than the largest partnership needs; a wrong file is refused before it is read."""

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
# tomllib takes time squared for a key of many parts; the file needs two.
_DEEP_KEY = re.compile(r"""^[ \t]*+\[{0,2}+(?:[ \t]*+[\w"'-]++[ \t]*+\.){20}""", re.MULTILINE)
# 31-01-2022, 31/1/2022 or 2022-1-31 as a value
_LOOKS_LIKE_A_DAY = re.compile(
    r"=\s*(?:\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}/\d{1,2}/\d{1,2}|\d{4}-\d-|\d{4}-\d\d-\d\b)"
)
_DIGITS = re.compile(r"(?<![\d_])\d[\d_]{4000}")
_ERROR = {
    "Cannot overwrite a value": "deze sleutel staat er twee keer, of deze tabel is al een lijst; "
    "zet boven elk stuk van een lijst dubbele haken, zoals [[aanbod]]",
    "Cannot declare": "deze tabel of lijst staat er twee keer; zijn het er meer, zet dan "
    "boven elk dubbele haken, zoals [[aanbod]]",
    "Cannot mutate immutable": "deze tabel is al af; zet de sleutel tussen de accolades",
    "Invalid initial character for a key part": "hier hoort een sleutel; wat tussen { en } staat, "
    "staat op een regel, met komma's ertussen en geen komma aan het einde",
    "Duplicate inline table key": "deze sleutel staat er twee keer tussen de accolades",
    "Expected '=' after a key": "na de sleutel hoort een =",
    "Invalid value": "na de = hoort een waarde; tekst staat tussen aanhalingstekens",
    "Invalid statement": "deze regel is geen sleutel en geen [tabel]",
    "Unterminated string": "hier mist een aanhalingsteken aan het einde",
    "Illegal character": "hier staat een teken dat niet kan, of mist een aanhalingsteken",
    "Unclosed array": "hier mist een ]",
    "Unclosed inline table": "hier mist een }; wat tussen { en } staat, staat op een regel",
    "Expected ']'": "hier mist een ]",
    "Expected newline or end of document": "hier staat iets achter de waarde dat er niet hoort",
    "Invalid date or datetime": "deze datum bestaat niet; schrijf een datum als 2022-01-31, "
    "zonder aanhalingstekens",
    "Unescaped '\\'": "zet een \\ in een tekst twee keer neer",
    "Found invalid character": "hier staat een teken dat niet kan",
}


def read_file(path: Path) -> PartnershipFile:
    """Read and check a file. Raises FileProblemsError, also where it can't be opened."""
    source = path.name
    try:
        if path.is_dir():
            raise _whole(source, "Dit is een map. Geef een bestand dat op .toml eindigt.")
        if path.stat().st_size > MAX_BYTES:
            raise _whole(source, f"Dit bestand is te groot: hoogstens {MAX_BYTES // 1_000_000} MB.")
        data = path.read_bytes()
    except FileNotFoundError:
        raise _whole(source, "Dit bestand bestaat niet. Klopt het pad?") from None
    except OSError as error:
        raise _whole(source, f"Dit bestand is niet te openen ({error.strerror}).") from None
    return read(data, source=source)


def read(data: bytes, *, source: str) -> PartnershipFile:
    """Read and check the content of a file. Raises FileProblemsError with every fault at once."""
    text = _text(data, source)
    if deep := _DEEP_KEY.search(text):
        line = text.count("\n", 0, deep.end()) + 1
        raise FileProblemsError(
            source, [FileProblem("", "Deze sleutel heeft te veel punten.", line)]
        )
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FileProblemsError(source, [_syntax(str(error), text)]) from None
    except RecursionError:
        raise _whole(source, "In dit bestand staan te veel haken in elkaar.") from None
    except ValueError:
        # Python refuses to convert thousands of digits, since that takes time squared.
        raise FileProblemsError(source, [_too_many_digits(text)]) from None
    try:
        file = PartnershipFile.model_validate(tables)
    except ValidationError as error:
        problems = from_pydantic(error, tables, PartnershipFile)
        known = {problem.key for problem in problems}
        problems += [fault for fault in unknown_references(tables, known) if fault.key not in known]
        raise FileProblemsError(source, with_lines(problems, text)) from None
    if problems := at_most(MAX_PROBLEMS, check(file)):
        raise FileProblemsError(source, with_lines(problems, text))
    return file


def _text(data: bytes, source: str) -> str:
    if len(data) > MAX_BYTES:
        raise _whole(source, f"Dit bestand is te groot: hoogstens {MAX_BYTES // 1_000_000} MB.")
    if not data.strip():
        raise _whole(source, "Dit bestand is leeg. Begin met een kopie van docs/voorbeeld.toml.")
    if b"\x00" in data:
        raise _whole(source, "Dit is geen tekstbestand. Bewaar het als tekst, in UTF-8.")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FileProblemsError(
            source,
            [FileProblem("", "Hier staat een teken dat geen UTF-8 is. Bewaar als UTF-8.", line)],
        ) from None


def _too_many_digits(text: str) -> FileProblem:
    found = _DIGITS.search(text)
    line = text.count("\n", 0, found.start()) + 1 if found else None
    return FileProblem("", "Hier staat een getal met veel te veel cijfers.", line)


def _syntax(problem: str, text: str) -> FileProblem:
    place = _PLACE.search(problem)
    line = int(place[1]) if place else text.count("\n") + 1
    column = f" (teken {place[2]})" if place else ""
    if place and _LOOKS_LIKE_A_DAY.search(text.splitlines()[line - 1]):
        return FileProblem("", f"Schrijf een datum als jaar-maand-dag: 2022-01-31{column}.", line)
    dutch = next((dutch for english, dutch in _ERROR.items() if english in problem), None)
    what = (
        f"{dutch}{column}"
        if dutch
        else f"dit is geen geldige TOML{column}: {_PLACE.sub('', problem)}"
    )
    return FileProblem("", f"{what[0].upper()}{what[1:].strip()}.", line)


def _whole(source: str, message: str) -> FileProblemsError:
    return FileProblemsError(source, [FileProblem("", message)])
