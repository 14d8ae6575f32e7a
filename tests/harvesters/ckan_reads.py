"""What CKAN makes of a catalogue: fetched, parsed and named by the harvester of ckanext-dcat, and printed as JSON.

python ckan_reads.py ADDRESS... gives, for a portal in Dutch and one in English, what is read at each address.
"""

import json
import sys

from ckan.common import config
from ckanext.dcat.harvesters.rdf import DCATRDFHarvester
from ckanext.dcat.processors import RDFParser

LANGUAGES = ("nl", "en")


class Harvester(DCATRDFHarvester):
    """The harvester as it is, but for its complaints, which a portal keeps in its database."""

    def _save_gather_error(self, message, job):
        raise SystemExit(message)


def read(address):
    """The datasets by what the portal will know them by, the type of the content, and the next page, if any."""
    harvester, parser = Harvester(), RDFParser(profiles=["euro_dcat_ap_3"])
    content, form = harvester._get_content_and_type(address, None)
    parser.parse(content, form)
    datasets = {harvester._get_guid(dataset, source_url=address): dataset for dataset in parser.datasets()}
    return {"type": form, "datasets": datasets, "next": parser.next_page()}


def told(language, addresses):
    """What a portal in that language reads."""
    config["ckan.locale_default"] = language
    return {address: read(address) for address in addresses}


if __name__ == "__main__":
    print(json.dumps({language: told(language, sys.argv[1:]) for language in LANGUAGES}))
