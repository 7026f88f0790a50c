"""The parse beside an e-mail and what the record in the vault says, in one form."""

import hashlib
import json
from datetime import UTC, datetime


class Any:
    """Equal to whatever it is held against."""

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0

    def __repr__(self):
        return "anything"


ANY = Any()


def header(part, name):
    values = [one["value"] for one in part.get("headers", []) if one["name"] == name]
    return values[-1] if values else None


def addresses(value):
    if not isinstance(value, dict) or "Address" not in value:
        return []
    lists = value["Address"]
    people = lists["List"] if "List" in lists else [one for group in lists["Group"] for one in group["addresses"]]
    return [line(one.get("name"), one.get("address")) for one in people]


def line(name, address):
    return f"{name} <{address}>" if name and address else name or address or ""


def moment(value):
    date = (value or {}).get("DateTime") if isinstance(value, dict) else None
    if not date:
        return None
    sign = "-" if date["tz_before_gmt"] else "+"
    day = f"{date['year']:04}-{date['month']:02}-{date['day']:02}"
    time = f"{date['hour']:02}:{date['minute']:02}:{date['second']:02}"
    return datetime.fromisoformat(f"{day}T{time}{sign}{date['tz_hour']:02}:{date['tz_minute']:02}").astimezone(UTC)


def expected_mail(path):
    data = path.read_bytes()
    # The parses are of mails with bare line feeds, and of mails with both signs.
    crlf = b"\r\n" in data
    parse = json.loads(path.with_suffix(".crlf.json" if crlf else ".json").read_text())
    root = parse["parts"][0]

    def text(name):
        value = header(root, name)
        return value["Text"] if isinstance(value, dict) and "Text" in value else None

    files = []
    for index in parse["attachments"]:
        body = parse["parts"][index]["body"]
        binary = next((body[kind] for kind in ("Binary", "InlineBinary") if kind in body), None)
        # The bytes of a text in its own encoding, and of a mail within the mail, are not told by the parse.
        files.append(ANY if binary is None else hashlib.sha256(bytes(binary)).hexdigest())
    bodies = [parse["parts"][index]["body"] for index in parse["text_body"]]
    texts = [body.get("Text") for body in bodies]
    people = addresses(header(root, "from"))
    return {
        "sha256": hashlib.sha256(data).hexdigest(),
        "subject": text("subject"),
        "message id": text("message_id"),
        "from": people[0] if people else None,
        "to": addresses(header(root, "to")),
        "copies": addresses(header(root, "cc")) + addresses(header(root, "bcc")),
        "time": moment(header(root, "date")),
        # What is only there as HTML is told in words of our own.
        "text": ANY if None in texts else lines(texts),
        "files": files,
    }


def lines(texts):
    """Texts of several parts, each on a line of its own."""
    joined = ""
    for text in texts:
        joined += ("" if not joined or joined.endswith("\n") else "\n") + text
    return joined


def told_mail(record):
    mail = record["details"]["email"]
    timeless = "时间不详" in record["tags"]
    return {
        "subject": mail.get("subject"),
        "message id": mail.get("message_id"),
        "from": mail.get("from"),
        "to": mail["to"],
        "copies": mail["cc"],
        "time": None if timeless else datetime.fromisoformat(record["happened"]["at"]).astimezone(UTC),
        "text": mail["body"],
        "files": [file["sha256"] for file in record["files"] if file.get("derived_from")],
    }
