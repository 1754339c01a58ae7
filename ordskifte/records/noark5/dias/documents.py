"""dias-mets.xml, dias-premis.xml and the submission description, written line by line."""

from collections.abc import Iterable
from typing import Final, TextIO
from xml.sax.saxutils import quoteattr

from ordskifte.records.noark5.dias.files import Entry
from ordskifte.records.noark5.dias.values import Innlevering
from ordskifte.records.noark5.write.xml import DECLARATION, XSI, moment, text

METS: Final = "http://arkivverket.no/standarder/METS"
PREMIS: Final = "http://arkivverket.no/standarder/PREMIS"
DESCRIPTION: Final = "http://www.loc.gov/METS/"
PROFILE: Final = "http://xml.ra.se/METS/RA_METS_eARD.xml"
_XLINK: Final = "http://www.w3.org/1999/xlink"


def write_premis(out: TextIO, sip: Innlevering, entries: Iterable[Entry]) -> None:
    """PREMIS 2.0: the submission, every file in it, how it came about and by what."""
    root = f"UUID:{sip.uuid}"
    out.write(f'{DECLARATION}<premis xmlns="{PREMIS}" xmlns:xsi="{XSI}" version="2.0">\n')
    out.write(f'<object xsi:type="representation">\n{_object_id(root)}</object>\n')
    for one in entries:
        out.write(
            f'<object xsi:type="file">\n{_object_id(f"{root}/{one.name}")}'
            "<objectCharacteristics>\n<compositionLevel>0</compositionLevel>\n<fixity>\n"
            f"<messageDigestAlgorithm>SHA-256</messageDigestAlgorithm>\n<messageDigest>{one.digest}</messageDigest>\n"
            f"<messageDigestOriginator>{text(sip.system_navn)}</messageDigestOriginator>\n</fixity>\n"
            f"<size>{one.size}</size>\n<format>\n<formatDesignation>\n"
            f"<formatName>{text(one.extension)}</formatName>\n</formatDesignation>\n</format>\n"
            "</objectCharacteristics>\n<storage>\n<contentLocation>\n"
            "<contentLocationType>SIP</contentLocationType>\n"
            f"<contentLocationValue>{text(one.name)}</contentLocationValue>\n</contentLocation>\n</storage>\n"
            "<relationship>\n<relationshipType>structural</relationshipType>\n"
            "<relationshipSubType>is part of</relationshipSubType>\n<relatedObjectIdentification>\n"
            "<relatedObjectIdentifierType>NO/RA</relatedObjectIdentifierType>\n"
            f"<relatedObjectIdentifierValue>{root}</relatedObjectIdentifierValue>\n"
            "</relatedObjectIdentification>\n</relationship>\n</object>\n"
        )
    out.write(
        "<event>\n<eventIdentifier>\n<eventIdentifierType>NO/RA</eventIdentifierType>\n"
        f"<eventIdentifierValue>{root}/1</eventIdentifierValue>\n</eventIdentifier>\n<eventType>Creation</eventType>\n"
        f"<eventDateTime>{moment(sip.tidspunkt, sip.uuid)}</eventDateTime>\n"
        "<linkingAgentIdentifier>\n<linkingAgentIdentifierType>NO/RA</linkingAgentIdentifierType>\n"
        f"<linkingAgentIdentifierValue>{text(sip.system_navn)}</linkingAgentIdentifierValue>\n"
        "</linkingAgentIdentifier>\n</event>\n<agent>\n<agentIdentifier>\n"
        "<agentIdentifierType>NO/RA</agentIdentifierType>\n"
        f"<agentIdentifierValue>{text(sip.system_navn)}</agentIdentifierValue>\n</agentIdentifier>\n"
        f"<agentName>{text(' '.join(filter(None, (sip.system_navn, sip.system_versjon))))}</agentName>\n"
        "<agentType>software</agentType>\n</agent>\n</premis>\n"
    )


def write_mets(out: TextIO, sip: Innlevering, entries: Iterable[Entry], *, premis: Entry, addml: Entry | None) -> None:
    """The content list: every file with its digest and size. `premis` and `addml` are referred to as metadata."""
    created = moment(sip.tidspunkt, sip.uuid)
    out.write(
        f'{DECLARATION}<mets xmlns="{METS}" xmlns:xlink="{_XLINK}" xmlns:xsi="{XSI}" OBJID="UUID:{sip.uuid}"'
        f' LABEL={quoteattr(sip.etikett)} TYPE="SIP" PROFILE="{PROFILE}">\n'
        f'<metsHdr CREATEDATE="{created}" RECORDSTATUS="NEW">\n{_agents(sip)}{_records(sip)}'
        "<metsDocumentID>dias-mets.xml</metsDocumentID>\n</metsHdr>\n"
        f'<amdSec ID="amdSec001">\n{_reference("techMD", "techMD001", addml, created) if addml else ""}'
        f"{_reference('digiprovMD', 'digiprovMD001', premis, created)}</amdSec>\n"
        '<fileSec>\n<fileGrp ID="fileGroup001" USE="FILES">\n'
    )
    count = 0
    for count, one in enumerate(entries, 1):
        out.write(f'<file ID="fileId_{count}" {_core(one, created)}>\n{_location(one)}</file>\n')
    out.write('</fileGrp>\n</fileSec>\n<structMap>\n<div LABEL="Package">\n')
    out.write(f'<div LABEL="Content" TYPE="preservationdata" ADMID="{"techMD001 " if addml else ""}digiprovMD001">\n')
    for number in range(1, count + 1):
        out.write(f'<fptr FILEID="fileId_{number}"/>\n')
    out.write("</div>\n</div>\n</structMap>\n</mets>\n")


def write_description(out: TextIO, sip: Innlevering, *, tar: Entry, mets: Entry) -> None:
    """What goes beside the tar: who sends what to whom under which agreement, and the tar's digest."""
    created = moment(sip.tidspunkt, sip.uuid)
    out.write(
        f'{DECLARATION}<mets xmlns="{DESCRIPTION}" xmlns:xlink="{_XLINK}" xmlns:xsi="{XSI}" OBJID="UUID:{sip.uuid}"'
        f' LABEL={quoteattr(sip.etikett)} TYPE="SIP" PROFILE="{PROFILE}">\n'
        f'<metsHdr CREATEDATE="{created}" RECORDSTATUS="NEW">\n{_agents(sip)}{_records(sip)}'
        f"<metsDocumentID>{sip.uuid}.xml</metsDocumentID>\n</metsHdr>\n"
        '<fileSec>\n<fileGrp ID="fgrp001" USE="FILES">\n'
        f'<file ID="fileId_1" {_core(tar, created)} USE="Datafile">\n{_location(tar)}</file>\n'
        f'<file ID="fileId_2" {_core(mets, created)} USE="Metadata">\n{_location(mets)}</file>\n'
        '</fileGrp>\n</fileSec>\n<structMap>\n<div LABEL="Package">\n<div LABEL="Datafiles">\n'
        '<fptr FILEID="fileId_1"/>\n<fptr FILEID="fileId_2"/>\n</div>\n</div>\n</structMap>\n</mets>\n'
    )


def _agents(sip: Innlevering) -> str:
    software = " ".join(filter(None, (sip.system_navn, sip.system_versjon)))
    agents = (
        ('ROLE="ARCHIVIST" TYPE="ORGANIZATION"', sip.arkivskaper),
        ('ROLE="ARCHIVIST" TYPE="OTHER" OTHERTYPE="SOFTWARE"', software),
        ('ROLE="OTHER" OTHERROLE="SUBMITTER" TYPE="ORGANIZATION"', sip.avsender),
        ('ROLE="OTHER" OTHERROLE="PRODUCER" TYPE="ORGANIZATION"', sip.avsender),
        ('ROLE="OTHER" OTHERROLE="PRODUCER" TYPE="OTHER" OTHERTYPE="SOFTWARE"', software),
        ('ROLE="IPOWNER" TYPE="ORGANIZATION"', sip.eier),
        ('ROLE="CREATOR" TYPE="ORGANIZATION"', sip.arkivskaper),
        ('ROLE="PRESERVATION" TYPE="ORGANIZATION"', sip.depot),
    )
    return "".join(f"<agent {role}>\n<name>{text(name)}</name>\n</agent>\n" for role, name in agents)


def _records(sip: Innlevering) -> str:
    said = (
        ("SUBMISSIONAGREEMENT", sip.avtale),
        ("STARTDATE", sip.periode_start.isoformat()),
        ("ENDDATE", sip.periode_slutt.isoformat()),
    )
    return "".join(f'<altRecordID TYPE="{type_}">{text(value)}</altRecordID>\n' for type_, value in said)


def _reference(element: str, id_: str, one: Entry, created: str) -> str:
    kind = 'MDTYPE="PREMIS"' if element == "digiprovMD" else 'MDTYPE="OTHER" OTHERMDTYPE="ADDML"'
    return (
        f'<{element} ID="{id_}">\n<mdRef LOCTYPE="URL" xlink:type="simple" xlink:href={_href(one)} {kind}'
        f" {_core(one, created)}/>\n</{element}>\n"
    )


def _core(one: Entry, created: str) -> str:
    return f'MIMETYPE="{one.mime}" SIZE="{one.size}" CREATED="{created}" CHECKSUM="{one.digest}" CHECKSUMTYPE="SHA-256"'


def _location(one: Entry) -> str:
    return f'<FLocat LOCTYPE="URL" xlink:type="simple" xlink:href={_href(one)}/>\n'


def _href(one: Entry) -> str:
    return quoteattr(f"file:{one.name}")


def _object_id(value: str) -> str:
    return (
        "<objectIdentifier>\n<objectIdentifierType>NO/RA</objectIdentifierType>\n"
        f"<objectIdentifierValue>{text(value)}</objectIdentifierValue>\n</objectIdentifier>\n"
    )
