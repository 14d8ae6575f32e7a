"""The texts of the pages in each language: English stands in the templates, the others in `locale/LANGUAGE/*.po`."""

from __future__ import annotations

import io
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

SOURCE_LANGUAGE = "en"
_FOLDER = Path(__file__).parent / "locale"


@cache
def translation(language: str) -> NullTranslations:
    """The texts in a language, as gettext has them; the source language needs no catalogue."""
    if language == SOURCE_LANGUAGE:
        return NullTranslations()
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    whole = Catalog(language)
    for file in sorted((_FOLDER / language).iterdir()):
        if file.name.endswith(".po"):
            for message in read_po(io.BytesIO(file.read_bytes()), language):
                if message.id:
                    whole[message.id] = message
    packed = io.BytesIO()
    write_mo(packed, whole)
    packed.seek(0)
    return GNUTranslations(packed)
