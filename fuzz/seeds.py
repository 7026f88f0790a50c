"""Puts archives and workbooks to begin with into the corpus: they are built, so that no bytes lie in the project."""

import io
import shutil
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
MESSAGE = '{"_id":"1","address":"95555","date":"1762732800000","type":"1","body":"您的借款已逾期"}\n'
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KINDS = "http://schemas.openxmlformats.org/package/2006"
WECHAT = ["交易时间", "交易类型", "交易对方", "商品", "收/支", "金额(元)", "支付方式", "当前状态", "交易单号"]
ROW = ["2025-09-26 12:45:27", "商户消费", "店", "/", "支出", "28.16", "零钱", "支付成功", "100001"]


def put(target, name, entries):
    folder = HERE / "corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    bytes_ = io.BytesIO()
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        bytes_ = io.BytesIO()
        with zipfile.ZipFile(bytes_, "w", method) as archive:
            for path, text in entries.items():
                archive.writestr(path, text)
        (folder / f"{name}-{method}").write_bytes(bytes_.getvalue())


def cells(number, texts):
    inner = "".join(f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t>{text}</t></is></c>' for at, text in enumerate(texts))
    return f'<row r="{number}">{inner}</row>'


put("archive", "messages", {"messages.ndjson": MESSAGE, "data/1.png": "x", "data/../y": "y"})
put(
    "xlsx",
    "wechat",
    {
        "[Content_Types].xml": f'<Types xmlns="{KINDS}/content-types"/>',
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{LINKS}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{KINDS}/relationships"><Relationship Id="rId1" Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><sheetData>{cells(1, WECHAT)}{cells(2, ROW)}</sheetData></worksheet>',
    },
)
old = HERE / "corpus/xls"
old.mkdir(parents=True, exist_ok=True)
shutil.copy(HERE.parent / "crates/ashore-importers/src/formats/table/fixtures/ccb.xls", old / "ccb.xls")


def pdf(content):
    """A page with these words, and a right table of places."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
    ]
    file, places = b"%PDF-1.7\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(file))
        file += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer<</Size 5/Root 1 0 R>>\nstartxref\n{len(file)}\n%%EOF\n"
    return file + f"xref\n0 5\n0000000000 65535 f \n{table}{trailer}".encode()


(HERE / "corpus/pdf").mkdir(parents=True, exist_ok=True)
(HERE / "corpus/pdf/words.pdf").write_bytes(pdf("BT /F 12 Tf 10 80 Td (Each term 720.00) Tj 0 -20 Td (Day 28) Tj ET"))
(HERE / "corpus/pdf/bar.pdf").write_bytes(pdf("q 1 0 0 1 5 5 cm 0 0 0 rg 0 0 100 50 re f Q"))
