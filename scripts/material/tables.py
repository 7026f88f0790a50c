"""A second reading of statements of payments, and what a record in the vault says in the same form."""

import csv
import io
import re
import xml.etree.ElementTree as ET
import zipfile
from datetime import datetime, timedelta
from decimal import Decimal

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DAYS = ["交易时间", "交易日期", "交易日", "记账日期", "记账日", "交易创建时间", "日期"]
AMOUNTS = ["金额(元)", "人民币金额", "交易金额", "金额", "实付金额", "发生额"]
NUMBER = re.compile(r"[-+]?[¥￥]?[-+]?[\d,]+(\.\d+)?(E-?\d+)?")


def rows_of_text(data):
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return list(csv.reader(io.StringIO(data.decode(encoding), newline="")))
        except UnicodeDecodeError:
            continue
    raise ValueError("neither UTF-8 nor GB18030")


def sheets_of_workbook(path):
    book = zipfile.ZipFile(path)
    names = book.namelist()
    strings = []
    if "xl/sharedStrings.xml" in names:
        for item in ET.fromstring(book.read("xl/sharedStrings.xml")).iter(f"{SHEET}si"):
            strings.append("".join(text.text or "" for text in item.iter(f"{SHEET}t")))
    for sheet in sorted(name for name in names if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)):
        rows = []
        for row in ET.fromstring(book.read(sheet)).iter(f"{SHEET}row"):
            cells = []
            for cell in row.iter(f"{SHEET}c"):
                column = 0
                for sign in re.match(r"[A-Z]+", cell.get("r"))[0]:
                    column = column * 26 + ord(sign) - 64
                value = cell.findtext(f"{SHEET}v") or "".join(text.text or "" for text in cell.iter(f"{SHEET}t"))
                cells += [""] * (column - len(cells))
                cells[column - 1] = strings[int(value)] if cell.get("t") == "s" and value else value
            rows.append(cells)
        yield rows


def clean(cell):
    return cell.strip().replace("（", "(").replace("）", ")").replace(" ", "")


def moment(day, time, year):
    text = f"{day.strip()} {time.strip()}".strip()
    if re.fullmatch(r"\d{5}\.\d+", text):
        at = datetime(1899, 12, 30) + timedelta(seconds=round(float(text) * 86_400))
        return at.isoformat()
    if found := re.fullmatch(r"(\d\d)/(\d\d)", text):
        month = int(found[1])
        text = f"{year[0] - (month > year[1])}-{month:02}-{found[2]}"
    return datetime.fromisoformat(text).isoformat()


def expected_payments(path):
    """The payments of each sheet."""
    sheets = sheets_of_workbook(path) if path.suffix == ".xlsx" else [rows_of_text(path.read_bytes())]
    return [payments(rows) for rows in sheets]


def payments(rows):
    found, header, year = [], None, None
    for row in rows:
        names = [clean(cell) for cell in row]
        title = re.search(r"(\d{4})年(\d\d)月", "".join(names))
        year = year or (title and (int(title[1]), int(title[2])))
        if any(day in names for day in DAYS) and any(amount in names for amount in AMOUNTS):
            header = names
            days = [header.index(name) for name in DAYS if name in header]
            amount = next(header.index(name) for name in AMOUNTS if name in header)
            way = header.index("收/支") if "收/支" in header else None
            time = header.index("记账时间") if "记账时间" in header else None
            status = next((header.index(name) for name in ("交易状态", "当前状态") if name in header), None)
            # What a card statement names without a sign was spent.
            card = "卡号末四位" in header
            continue
        if header is None or len(row) <= amount:
            continue
        number = NUMBER.match(row[amount].strip())
        day = next((row[at] for at in days if row[at].strip()), "")
        if not number or not day:
            continue
        sum_ = Decimal(re.sub(r"[¥￥,+]", "", number[0])).quantize(Decimal("0.01"))
        if way is not None:
            word = clean(row[way])
            flow = {"收入": "incoming", "支出": "outgoing"}.get(word, "none")
            if status is not None and re.search("关闭|失败|退款|退还|撤销|等待", row[status]):
                flow = "none"
        else:
            flow = "none" if sum_ == 0 else "incoming" if (sum_ < 0) == card else "outgoing"
        at = moment(day, row[time] if time is not None else "", year)
        found.append((at, abs(int(sum_ * 100)), flow))
    return found


def told_payment(record):
    details = record["details"]["payment_receipt"]
    at = datetime.fromisoformat(record["happened"]["at"])
    assert at.utcoffset() == timedelta(hours=8), record
    return at.replace(tzinfo=None).isoformat(), details["amount"], record["direction"]
