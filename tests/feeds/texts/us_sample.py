"""A small list in the eCFR's markup: three entries that refer to each other, with the habits of the real text."""

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<DIV9 N="Supplement No. 1 to Part 774" TYPE="APPENDIX">\n'
    "<HEAD>Supplement No. 1 to Part 774—The Commerce Control List\n</HEAD>\n"
    "<HD1>Category 3—Electronics\n</HD1>\n<HD1>A. “End Items,” “Equipment”\n</HD1>\n"
)
TAIL = "</DIV9>\n"


def paragraph(words: str) -> str:
    return f"<P>{words}</P>\n"


def note(label: str, *blocks: str) -> str:
    inner = "".join(f"<P><I>{block}</I></P>" for block in blocks)
    return f"<NOTE>\n<HED><I>{label}</I></HED>\n{inner}</NOTE>\n"


def entry(code: str, heading: str, items: str, *, reasons: str = "NS, AT", related: str = "N/A") -> str:
    return (
        f"<FP-2><B>{code} {heading}</B>\n</FP-2>\n"
        '<FP-1><E T="04">License Requirements</E>\n</FP-1>\n'
        f"<FP-1><I>Reason for Control:</I> {reasons}\n</FP-1>\n"
        "<DIV><TABLE><TBODY><TR><TD>NS applies to entire entry</TD><TD>NS Column 2.</TD></TR>"
        "<TR><TD>AT applies to entire entry</TD><TD>AT Column 1.</TD></TR></TBODY></TABLE></DIV>\n"
        "<FP-1><I>LVS:</I> $3000\n</FP-1>\n"
        '<FP-1><E T="04">List of Items Controlled</E>\n</FP-1>\n'
        f"<FP-1><I>Related Controls:</I> {related}\n</FP-1>\n<FP-1><I>Related Definitions:</I> N/A\n</FP-1>\n"
        f"<FP><I>Items:</I>\n</FP>\n{items}"
    )


ADC = entry(
    "3A001",
    "Electronic items, as follows (see List of Items Controlled).",
    paragraph("a. Converters having any of the following:")
    + paragraph("a.1. A rate greater than 1.3 GSPS; <I>or</I>")
    + paragraph("a.2. A dose of 5 × 10\n<SU>3</SU> Gy and all of the following:")
    + paragraph("a.2.a. Made of silicon; <I>and</I>")
    + paragraph("a.2.b. Sealed;")
    + note(
        "Technical Notes:",
        "For the purposes of 3A001.a:",
        "1. 'Rate' is the output rate.",
        "2. 'Dose' means the total.",
    )
    + note("Note:", "3A001.a.2 does not apply to toys.")
    + paragraph("b. through d. [Reserved]")
    + paragraph("e. Cells, other than those described in 3A001.a or .b;"),
    related="See also 3A002.b and 3A991.",
)
ANALYSERS = entry(
    "3A002",
    "Equipment having both of the following (see List of Items Controlled).",
    paragraph("a. A bandwidth above 40 MHz; and") + paragraph("b. A floor below −150 dBm/Hz."),
)
OTHER = entry("3A991", "Parts, n.e.s.", paragraph("The list of items controlled is contained in the ECCN heading."))


def sample(*entries: str) -> bytes:
    return (HEAD + "".join(entries or (ADC, ANALYSERS, OTHER)) + TAIL).encode()
