"""A second reading of SMS Backup & Restore files, and what a record in the vault says in the same form."""

import re
import xml.etree.ElementTree as ET
from datetime import datetime

WAYS = {"1": "incoming", "2": "outgoing"}
PAIR = re.compile(rb"&#(5[5-7]\d{3});&#(5[6-7]\d{3});")
RECORD = re.compile(rb"<(?:sms|mms|call)[\s>]")


def joined(match):
    high, low = int(match[1]), int(match[2])
    return f"&#{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)};".encode()


def said(value):
    return None if value in (None, "", "null") else value


def of_element(element):
    at, kind = int(element.get("date")), element.tag
    if kind == "call":
        way = "outgoing" if element.get("type") == "2" else "incoming"
        return kind, at, way, said(element.get("number")), element.get("duration"), ()
    way = WAYS.get(element.get("type") or element.get("msg_box"), "none")
    if kind == "sms":
        return kind, at, way, said(element.get("address")), element.get("body"), ()
    parts = [part for part in element.iter("part") if part.get("ct") != "application/smil"]
    text = [part.get("text") for part in parts if part.get("ct") == "text/plain" and said(part.get("text"))]
    files = sorted(said(part.get("cl")) or said(part.get("name")) or "" for part in parts if part.get("data") is not None)
    # With pictures or without, in the vault it is a message.
    return "sms", at, way, said(element.get("address")), "\n".join(text), tuple(files)


def whole(elements):
    """What can be told of each, and how many tell no time."""
    taken, lost = [], 0
    for element in elements:
        if (element.get("date") or "").lstrip("-").isdigit():
            taken.append(of_element(element))
        else:
            lost += 1
    return taken, lost


def expected_messages(data):
    data = PAIR.sub(joined, data)
    try:
        return whole(one for one in ET.fromstring(data) if one.tag in {"sms", "mms", "call"})
    except ET.ParseError:
        pass
    # A broken file is read record by record, as far as each is whole.
    data = re.sub(rb"<!--.*?-->", b"", data, flags=re.S)
    starts = [match.start() for match in RECORD.finditer(data)]
    elements, lost = [], 0
    for start, end in zip(starts, [*starts[1:], len(data)], strict=True):
        piece = data[start:end]
        last = max(piece.rfind(b"/>"), piece.rfind(b"</mms>") + 4)
        try:
            elements.append(ET.fromstring(piece[: last + 2]))
        except ET.ParseError:
            lost += 1
    taken, timeless = whole(elements)
    return taken, lost + timeless


def told_message(record):
    at = round(datetime.fromisoformat(record["happened"]["at"]).timestamp() * 1000)
    [(kind, details)] = record["details"].items()
    if kind == "call":
        return kind, at, record["direction"], details.get("number"), str(details.get("duration_s", 0)), ()
    files = tuple(sorted(file["name"] for file in record["files"] if file.get("derived_from")))
    return kind, at, record["direction"], details.get("address"), details["body"], files
