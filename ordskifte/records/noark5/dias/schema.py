"""The official DIAS schemas, made usable without the network: XLink comes from a file of ours."""

from pathlib import Path
from typing import Any, Final

from lxml import etree

_NET: Final = "http://www.loc.gov/standards/xlink/xlink.xsd"
_XLINK: Final = Path(__file__).with_name("xlink.xsd")


def dias_schema(folder: Path, name: str) -> Any:
    """A compiled schema (`DIAS_METS.xsd`, `DIAS_PREMIS.xsd`, `submissionDescription.xsd`) of the installed set."""
    data = (folder / name).read_bytes().replace(_NET.encode(), _XLINK.as_uri().encode())
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.XMLSchema(etree.fromstring(data, parser))
