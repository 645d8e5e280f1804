"""Makes the lists that the tests read, with programs that are not ours: openpyxl,
msoffcrypto-tool and LibreOffice.

    pip install openpyxl msoffcrypto-tool; apt install libreoffice-calc; python3 make.py
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook

HERE = Path(__file__).parent


def office(source: Path, ending: str, name: str) -> None:
    """Has LibreOffice write `source` in another format."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["soffice", "--headless", "--convert-to", ending, "--outdir", folder, str(source)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        made = next(Path(folder).iterdir())
        shutil.move(made, HERE / name)


# A title above the headings, an empty row, a merged brand, sizes that became numbers, a formula, an
# error, a column of no use, and a sheet before it that is hidden.
book = Workbook()
hidden = book.active
hidden.title = "notes"
hidden.append(["品牌", "型号"])
hidden.append(["hidden", "hidden"])
hidden.sheet_state = "hidden"
sheet = book.create_sheet("设备")
sheet.append(["2025 年旧设备"])
sheet.append([])
sheet.append(["资产编号", "设备类型", "品牌", "型号（必填）", "存储容量", "内存", "成色", "功能状态", "购买日期"])
sheet.append(["A1", "手机", "苹果", "iPhone 14 Pro", 256, None, "九成新", "正常", "2023-01-05"])
sheet.append(["A2", "手机", None, "iPhone 13", "128G", None, "八成新", "屏幕损坏", None])
sheet.append([])
sheet.append(["A3", "笔记本", "联想", "=\"ThinkPad \"&\"X1\"", 1, 16, "九成新", "正常", None])
sheet.append(["A4", "手机", "小米", "=NA()", 512.0, None, "很新", "正常", None])
sheet.merge_cells("C4:C5")
book.active = 1
plain = HERE / "openpyxl.xlsx"
book.save(plain)

# Only a program that calculates leaves values beside formulas.
office(plain, "xlsx", "libreoffice.xlsx")
office(plain, "xls:MS Excel 97", "libreoffice.xls")
office(plain, "ods", "libreoffice.ods")

english = "Type;Brand;Model;Capacity;Grade;Function\nphone;Apple;iPhone 14;128;good;normal\n"
(HERE / "english.csv").write_bytes(b"\xef\xbb\xbf" + english.encode())
chinese = "类别\t品牌\t型号\t容量\t成色\t功能\r\n手机\t苹果\tiPhone 14\t128\t八成新\t正常\r\n"
(HERE / "chinese.csv").write_bytes(chinese.encode("gb18030"))

# With a password, in Excel's format.
with (HERE / "openpyxl.xlsx").open("rb") as source, (HERE / "password.xlsx").open("wb") as target:
    OOXMLFile(source).encrypt("secret", target)
