"""Small made-up files in every format of published lists, and ways to read them."""

from __future__ import annotations

import gzip
import io
import zipfile
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from sekisho.feeds.importing import Imported, Order, import_files
from sekisho.feeds.lists.formats import format_called
from sekisho.feeds.lists.opening import Limits, open_files
from sekisho.feeds.lists.reading import Reading
from sekisho.model.listed import ListedParty
from shared_data import shared_data

NOW = datetime(2026, 8, 1, 12, 0, tzinfo=UTC)

OFAC_XML = b"""<?xml version="1.0" standalone="yes"?>
<sdnList xmlns="https://example.invalid/XML">
  <publshInformation><Publish_Date>05/07/2024</Publish_Date><Record_Count>3</Record_Count></publshInformation>
  <sdnEntry><uid>36</uid><lastName>EXAMPLIA AIRLINES</lastName><sdnType>Entity</sdnType>
    <programList><program>DEMO</program><program>DEMO2</program></programList>
    <akaList>
      <aka><uid>1</uid><type>a.k.a.</type><category>weak</category><lastName>EXA</lastName></aka>
      <aka><uid>2</uid><type>f.k.a.</type><category>strong</category><lastName>OLD EXAMPLIA</lastName></aka>
    </akaList>
    <idList>
      <id><uid>5</uid><idType>Tax ID No.</idType><idNumber>000036</idNumber><idCountry>Iran</idCountry>
        <issueDate>14 Dec 2005</issueDate></id>
      <id><uid>6</uid><idType>Organization Established Date</idType><idNumber>Apr 2018</idNumber></id>
      <id><uid>7</uid><idType>Secondary sanctions risk:</idType><idNumber>section 1</idNumber></id>
      <id><uid>8</uid><idType>Brand New Number</idType><idNumber>X1</idNumber></id>
    </idList>
    <addressList><address><uid>9</uid><address1>1 Model St</address1><city>Tehran</city><postalCode>11</postalCode>
      <country>Iran</country></address></addressList>
  </sdnEntry>
  <sdnEntry><uid>37</uid><firstName>Primer</firstName><lastName>VYMYSHLENNY</lastName><title>Director</title>
    <sdnType>Individual</sdnType><remarks>(Linked To: EXAMPLIA AIRLINES)</remarks>
    <programList><program>DEMO</program></programList>
    <nationalityList><nationality><uid>1</uid><country>Cuba</country><mainEntry>true</mainEntry></nationality>
    </nationalityList>
    <dateOfBirthList>
      <dateOfBirthItem><uid>1</uid><dateOfBirth>1958 to 1960</dateOfBirth><mainEntry>false</mainEntry></dateOfBirthItem>
      <dateOfBirthItem><uid>2</uid><dateOfBirth>circa 1961</dateOfBirth><mainEntry>true</mainEntry></dateOfBirthItem>
    </dateOfBirthList>
    <placeOfBirthList><placeOfBirthItem><uid>3</uid><placeOfBirth>Sampleton</placeOfBirth><mainEntry>true</mainEntry>
    </placeOfBirthItem></placeOfBirthList>
    <idList><id><uid>4</uid><idType>Gender</idType><idNumber>Male</idNumber></id></idList>
    <novelty><detail>kept</detail></novelty>
  </sdnEntry>
  <sdnEntry><uid>38</uid><lastName>IMAGINARY STAR</lastName><sdnType>Vessel</sdnType>
    <remarks>(Linked To: EXAMPLIA AIRLINES; Linked To: NOBODY (N.O.B.)-KNOWN)</remarks>
    <programList><program>DEMO</program></programList>
    <idList><id><uid>4</uid><idType>Vessel Registration Identification</idType><idNumber>IMO 0123450</idNumber></id>
    </idList>
    <vesselInfo><callSign>XEX18</callSign><vesselType>Tug</vesselType><vesselFlag>Panama</vesselFlag>
      <vesselOwner>OLD EXAMPLIA</vesselOwner><tonnage>640</tonnage></vesselInfo>
  </sdnEntry>
</sdnList>
"""

OFAC_CSV = {
    "sdn.csv": (
        b'36,"EXAMPLIA AIRLINES",-0- ,"DEMO] [DEMO2",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Tax ID No. 000036 (Iran) '
        b"issued 14 Dec 2005; Organization Established Date Apr 2018; a.k.a. 'EXA'.\"\r\n"
        b'38,"IMAGINARY STAR","vessel","DEMO",-0- ,"XEX18","Tug","1,640",-0- ,"Panama","OLD EXAMPLIA",'
        b'"Vessel Registration Identification IMO 0123450; Linked To: EXAMPLIA AIRLINES; Member of noth"\r\n'
        b'37,"VYMYSHLENNY, Primer","individual","DEMO","Director",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
        b'"DOB circa 1961; alt. DOB 1958 to 1960; POB Sampleton; nationality Cuba; Gender Male."\r\n\x1a'
    ),
    "alt.csv": b'36,2,"fka","OLD EXAMPLIA",-0- \r\n\x1a',
    "add.csv": b'36,9,"1 Model St","Tehran 11","Iran",-0- \r\n\x1a',
    "sdn_comments.csv": b'38,"ing."\r\n\x1a',
}

CSL_CSV = (
    b"_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,end_date,"
    b"standard_order,license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,gross_registered_tonnage,"
    b"vessel_flag,vessel_owner,remarks,source_list_url,alt_names,citizenships,dates_of_birth,nationalities,"
    b"places_of_birth,source_information_url,ids\n"
    b'36,Specially Designated Nationals (SDN) - Treasury Department,36,Entity,DEMO; DEMO2,EXAMPLIA AIRLINES,,"1 Model'
    b' St, Tehran, 11000, IR; Baku, AZ",,,,,,,,,,,,,,http://x.invalid,EXA; OLD EXAMPLIA,,,,,http://y.invalid,'
    b'"IR, 2010-01-02, 2005-12-14, 000036, Tax ID No.; Subject to Directive 3; and more, Executive Order 13662 '
    b'Directive Determination -"\n'
    b"abc,Entity List (EL) - Bureau of Industry and Security,,,,Vymysel Plant No. 7,,"
    b'"7 Zavodskaya, Moscow, 129000, RU",80 FR 1,2015-01-02,,,For all items,Presumption of denial,,,,,,,,http://x.invalid,'
    b"Vymysel; and Zavod Vymysel,,,,,http://y.invalid,\n"
)

CSL_JSON = b"""{"total": 2, "sources": [{"source": "SDN", "source_last_updated": "2026-07-30T10:00:00+00:00"}],
"results": [
 {"id": "1", "source": "Specially Designated Nationals (SDN) - Treasury Department", "entity_number": 36,
  "type": "Entity", "programs": ["DEMO", "DEMO2"], "name": "EXAMPLIA AIRLINES", "title": null,
  "alt_names": ["EXA", "OLD EXAMPLIA"], "source_list_url": "http://x.invalid",
  "addresses": [{"address": "1 Model St", "city": "Tehran", "state": null, "postal_code": "11", "country": "IR"}],
  "ids": [{"type": "Tax ID No.", "number": "000036", "country": "IR", "issue_date": "2005-12-14",
           "expiration_date": null}], "nationalities": [], "dates_of_birth": [], "citizenships": null},
 {"id": "2", "source": "Brand New List (BNL) - Some Department", "name": "Vymysel Plant No. 7", "type": null,
  "start_date": "2015-01-02", "alt_names": null, "addresses": [], "novelty": "kept"}
]}"""

UN_XML = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09.554Z"><INDIVIDUALS><INDIVIDUAL>
<DATAID>1</DATAID><VERSIONNUM>1</VERSIONNUM><FIRST_NAME>PRIMER</FIRST_NAME><SECOND_NAME>VYMYSHLENNY</SECOND_NAME>
<UN_LIST_TYPE>DEMO</UN_LIST_TYPE><REFERENCE_NUMBER>XXi.001</REFERENCE_NUMBER><LISTED_ON>2012-12-31</LISTED_ON>
<GENDER>Male</GENDER><NAME_ORIGINAL_SCRIPT>Пример</NAME_ORIGINAL_SCRIPT><COMMENTS1>Made up.</COMMENTS1>
<DESIGNATION><VALUE>Director</VALUE></DESIGNATION><NATIONALITY><VALUE>Cuba</VALUE></NATIONALITY>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>The Specimen</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Old Name</ALIAS_NAME><NOTE>formerly listed as</NOTE>
<DATE_OF_BIRTH>1963-02-03</DATE_OF_BIRTH><CITY_OF_BIRTH>Elsewhere</CITY_OF_BIRTH></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ADDRESS><CITY>Havana</CITY><COUNTRY>Cuba</COUNTRY><NOTE>as of 2016</NOTE></INDIVIDUAL_ADDRESS>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1960</FROM_YEAR><TO_YEAR>1962</TO_YEAR>
</INDIVIDUAL_DATE_OF_BIRTH><INDIVIDUAL_PLACE_OF_BIRTH><CITY>Sampleton</CITY></INDIVIDUAL_PLACE_OF_BIRTH>
<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>X0001</NUMBER>
<ISSUING_COUNTRY>Cuba</ISSUING_COUNTRY><NOTE>expired</NOTE></INDIVIDUAL_DOCUMENT></INDIVIDUAL></INDIVIDUALS>
<ENTITIES><ENTITY><DATAID>2</DATAID><FIRST_NAME>EXAMPLIA (EX) ; SECOND NAME</FIRST_NAME>
<REFERENCE_NUMBER>XXe.001</REFERENCE_NUMBER><ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>OLD</ALIAS_NAME>
</ENTITY_ALIAS><ENTITY_ADDRESS><COUNTRY>Nowhereland</COUNTRY></ENTITY_ADDRESS></ENTITY></ENTITIES>
</CONSOLIDATED_LIST>""".encode()

EU_XML = """<?xml version="1.0" encoding="UTF-8"?>
<export xmlns="http://example.invalid/fsd" generationDate="2024-05-13T17:44:28+02:00" globalFileId="1">
<sanctionEntity designationDate="2020-01-02" designationDetails="x" unitedNationId="" euReferenceNumber="EU.1.1"
 logicalId="1"><remark>Made up</remark>
<regulation regulationType="amendment" publicationDate="2021-01-01" numberTitle="2021/1" programme="DEMO" logicalId="2">
<publicationUrl>https://example.invalid/oj</publicationUrl></regulation>
<subjectType code="person" classificationCode="P"/>
<nameAlias firstName="Primer" middleName="" lastName="VYMYSHLENNY" wholeName="Primer VYMYSHLENNY" function="Director"
 gender="M" title="" nameLanguage="EN" strong="true" regulationLanguage="en" logicalId="3"/>
<nameAlias wholeName="Specimen" strong="true" nameLanguage=""><remark>low quality alias</remark></nameAlias>
<nameAlias wholeName="Вымышленный" strong="false" nameLanguage="RU" novelty="kept"/>
<citizenship countryIso2Code="CU" countryDescription="CUBA" region=""/>
<birthdate circa="true" calendarType="GREGORIAN" year="1961" monthOfYear="3" city="Sampleton" countryIso2Code="00"
 countryDescription="UNKNOWN"/>
<birthdate circa="false" calendarType="ISLAMIC" year="1343" countryIso2Code="IR" countryDescription="IRAN"/>
<identification identificationTypeCode="passport" identificationTypeDescription="National passport" number="X0001"
 knownExpired="true" countryIso2Code="CU"><remark>old</remark></identification>
<address city="Havana" street="1 Model St" poBox="12" zipCode="11" countryIso2Code="CU" countryDescription="CUBA"
 asAtListingTime="true"><contactInfo key="EMAIL" value="a@example.invalid"/></address>
</sanctionEntity>
<sanctionEntity euReferenceNumber="EU.1.1" logicalId="1"><regulation programme="TAQA" numberTitle="2"/>
<subjectType code="person" classificationCode="P"/><nameAlias wholeName="Other spelling" strong="true"/>
</sanctionEntity>
</export>""".encode()


def entity_list_xml(rows: str) -> bytes:
    """A part 744 with one Supplement No. 4 that holds ``rows``."""
    return f"""<?xml version="1.0"?><DIV5 N="744"><DIV9 N="Supplement No. 4 to Part 744" TYPE="APPENDIX"><HEAD>x</HEAD>
<DIV><TABLE><THEAD><TR><TH>Country</TH></TR></THEAD><TBODY>{rows}</TBODY><TFOOT><TR><TD colspan="5"><sup>3</sup>
For this entity, items include foreign-produced items.</TD></TR></TFOOT></TABLE></DIV></DIV9></DIV5>""".encode()


def entity_row(country: str, entity: str, requirement: str = "For all items", policy: str = "Denial") -> str:
    """One row of the Entity List's table."""
    cells = (country, entity, requirement, policy, "80 FR 1, 1/2/15. 81 FR 2, 3/4/16.")
    return "<TR>" + "".join(f"<TD>{cell}</TD>" for cell in cells) + "</TR>"


ENTITY_LIST = entity_list_xml(
    entity_row(
        "RUSSIA",
        "Vymysel Plant No. 7, a.k.a., the following two aliases:<br/>—Vymysel LLC; <E>and</E><br/>—VP7.<br/> <br/> "
        "7 Zavodskaya Street, Moscow, 129000, Russia; and 1 Model St., Minsk, Belarus.",
        "For all items (See § 734.9(g),<sup>3</sup> of the EAR)",
    )
    + entity_row(" ", "Examplia Co., Ltd., 12 Model Street, Moscow, Russia. (See alternate address under China).")
)

METI_CSV = (
    "No.,国名、地域名,企業名、組織名,別名,懸念区分,通常兵器\n"
    '1,イラン,Examplia Co.,"・Exa\n・Exampliya",ミサイル、核 Ｍ、Ｎ,\n'
    ",,,・Late alias,,CW\n"
    "No.,国名、地域名,企業名、組織名,別名,懸念区分,通常兵器\n"
    '2,People\'s Republic of China Vymysel Works (虚構工場),,,"B,C",\n'
).encode()

FTM = (
    b"""{"id":"nk-1","schema":"Company","caption":"Examplia","target":true,"datasets":["demo"],"properties":{
"name":["Examplia","Examplia Ltd"],"weakAlias":["EX"],"previousName":["Old"],"country":["ir"],"innCode":["0001"],
"topics":["sanction"],"notes":["Made up."],"incorporationDate":["2001-02"]}}
{"id":"nk-2","schema":"Person","target":true,"caption":"Primer V","properties":{"name":["Primer V"],"firstName":
["Primer"],"lastName":["V"],"birthDate":["1961"],"nationality":["cu"],"gender":["male"]}}
{"id":"s-1","schema":"Sanction","properties":{"entity":["nk-1"],"program":["DEMO"],"listingDate":["2020-01-02"],
"authority":["Nobody"]}}
{"id":"o-1","schema":"Ownership","properties":{"owner":["nk-2"],"asset":["nk-1"],"percentage":["62.5"]}}
{"id":"a-1","schema":"Address","properties":{"full":["1 Model St, Tehran"],"country":["ir"]}}
{"id":"p-1","schema":"Passport","properties":{"holder":["nk-2"],"number":["X0001"],"country":["cu"]}}
{"id":"nk-3","schema":"Vessel","properties":{"name":["STAR"],"imoNumber":["0123450"],"owner":[
{"id":"o-2","schema":"Ownership","properties":{"owner":["nk-1"],"asset":["nk-3"]}}]}}
""".replace(b",\n", b",")
    .replace(b"{\n", b"{")
    .replace(b":\n", b":")
    .replace(b"[\n", b"[")
)

SAMPLES: dict[str, dict[str, bytes]] = {
    "ofac-xml": {"sdn.xml": OFAC_XML},
    "ofac-csv": OFAC_CSV,
    "csl-csv": {"consolidated.csv": CSL_CSV},
    "csl-json": {"consolidated.json": CSL_JSON},
    "bis-entity-list": {"title-15.xml": ENTITY_LIST},
    "un-xml": {"consolidated.xml": UN_XML},
    "eu-fsf": {"full.xml": EU_XML},
    "meti-feul": {"feul.csv": METI_CSV},
    "ftm": {"entities.ftm.json": FTM},
}
# a publishers.toml in a data folder: the samples are far smaller than any published list
SMALL_LISTS = "".join(
    f'[[list]]\nid = "{name}"\ntitle = "{name}"\nformat = "{form}"\nshrink_limit = 0.3\n'
    for name, form in (
        ("us:sdn", "ofac-xml"),
        ("us:csl", "csl-csv"),
        ("us:entity-list", "bis-entity-list"),
        ("un:sc", "un-xml"),
        ("eu:fsf", "eu-fsf"),
        ("jp:feul", "meti-feul"),
        ("ftm", "ftm"),
    )
)


def small_home(folder: Path) -> Path:
    """A data folder in which small lists are accepted."""
    (folder / "lists").mkdir(parents=True, exist_ok=True)
    (folder / "lists" / "publishers.toml").write_text(SMALL_LISTS, "utf-8")
    return folder


def write(folder: Path, files: dict[str, bytes]) -> tuple[Path, ...]:
    """Write files and give their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return tuple(folder / name for name in files)


def read(form: str, *paths: Path, list_id: str = "", limits: Limits | None = None) -> tuple[list[ListedParty], Reading]:
    """Read files with one reader, without a data folder."""
    sources, _ = open_files(list(paths), limits=limits)
    reading = Reading(list_id)
    return list(format_called(form).read(sources, reading)), reading


def sample(form: str, folder: Path) -> tuple[dict[str, ListedParty], Reading]:
    """Read the sample of one format."""
    parties, reading = read(form, *write(folder, SAMPLES[form]))
    return {party.uid: party for party in parties}, reading


def take(home: Path, form: str, *paths: Path, as_of: date | None = None, **more: object) -> Imported:
    """Import files into a data folder."""
    return import_files(Order(form, paths, home, more.pop("now", NOW), as_of=as_of, **more))  # type: ignore[arg-type]


@lru_cache(maxsize=8)
def _real(form: str, list_id: str, paths: tuple[Path, ...]) -> tuple[dict[str, ListedParty], Reading]:
    parties, reading = read(form, *paths, list_id=list_id)
    return {party.uid: party for party in parties}, reading


def real(form: str, *names: str, list_id: str = "") -> tuple[dict[str, ListedParty], Reading]:
    """Read real files (paths under the shared data folder, with slashes); read once a session."""
    return _real(form, list_id, tuple(shared_data(*name.split("/")) for name in names))


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip archive of files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def gzipped(content: bytes) -> bytes:
    """Content packed with gzip."""
    return gzip.compress(content, 6, mtime=0)
