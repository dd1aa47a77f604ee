"""Which schema and which property of FollowTheMoney means what."""

from __future__ import annotations

from sekisho.model.listed import NameKind, NameStrength, PartyType

PARTIES: dict[str, PartyType] = {
    "Person": "person",
    "Organization": "organisation",
    "Company": "organisation",
    "PublicBody": "organisation",
    "LegalEntity": "unknown",
    "Thing": "unknown",
    "Asset": "unknown",
    "Vessel": "vessel",
    "Airplane": "aircraft",
    "Vehicle": "unknown",
    "CryptoWallet": "unknown",
}
NAMES: dict[str, tuple[NameKind, NameStrength]] = {
    "name": ("alias", "strong"),
    "alias": ("alias", "strong"),
    "weakAlias": ("alias", "weak"),
    "previousName": ("former", "strong"),
    "abbreviation": ("alias", "weak"),
    "pastNames": ("former", "strong"),
}
COUNTRIES = ("country", "jurisdiction", "mainCountry", "flag", "ownershipCountry")
# property -> kind of identifier; "" means it depends on the schema
IDENTIFIERS = {
    "passportNumber": "passport",
    "idNumber": "national-id",
    "socialSecurityNumber": "national-id",
    "taxNumber": "tax",
    "innCode": "tax",
    "vatCode": "tax",
    "kppCode": "tax",
    "registrationNumber": "",
    "ogrnCode": "registration",
    "okpoCode": "registration",
    "uniqueEntityId": "registration",
    "uscCode": "registration",
    "imoNumber": "imo",
    "mmsi": "mmsi",
    "callSign": "call-sign",
    "serialNumber": "aircraft-serial",
    "swiftBic": "swift",
    "bikCode": "other",
    "leiCode": "lei",
    "dunsCode": "duns",
    "website": "website",
    "email": "email",
    "phone": "phone",
    "publicKey": "other",
    "isinCode": "other",
    "cageCode": "other",
    "icaoCode": "other",
    "npiCode": "other",
}
REMARKS = ("notes", "summary", "description")
# schema -> the properties that name its ends
LINKS = {
    "Ownership": ("owner", "asset"),
    "Directorship": ("director", "organization"),
    "UnknownLink": ("subject", "object"),
    "Family": ("person", "relative"),
    "Associate": ("person", "associate"),
    "Membership": ("member", "organization"),
    "Employment": ("employer", "employee"),
    "Representation": ("agent", "client"),
    "Succession": ("predecessor", "successor"),
    "Occupancy": ("holder", "post"),
}
# read elsewhere, or about the record and not the party
DROPPED = frozenset(
    [
        *NAMES,
        *COUNTRIES,
        *IDENTIFIERS,
        *REMARKS,
        "birthDate",
        "incorporationDate",
        "birthPlace",
        "nationality",
        "citizenship",
        "address",
        "addressEntity",
        "position",
        "gender",
        "modifiedAt",
        "retrievedAt",
        "sourceUrl",
        "publisherUrl",
        "wikipediaUrl",
    ]
)


def tail_or_registration(schema: str) -> str:
    """Tell what a registration number is: an aircraft's is its tail number."""
    return "aircraft-tail" if schema == "Airplane" else "registration"
