"""A release written by hand: all 28 criteria, every evaluation, every kind of gap.

Numbers are set so that each row can be checked with pencil and paper; texts are short forms of the plan's. The report's
data are those of the built-in edition.
"""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import songhanh

ANNUAL = Path(songhanh.__file__).parent / "plan/editions/langson_2026_2030/reports/annual.yaml"
YEAR = "2026"

OBJECTIVES = """
MT1 | Trong lĩnh vực chính trị
MT2 | Trong lĩnh vực kinh tế, lao động
MT3 | Trong đời sống gia đình và phòng ngừa, ứng phó với bạo lực trên cơ sở giới
MT4 | Trong lĩnh vực y tế
MT5 | Trong lĩnh vực giáo dục và đào tạo
MT6 | Trong lĩnh vực thông tin, truyền thông
"""

# code | evaluation | lead | suppliers | quote
TARGETS = """
MT1.CT1 | TIEM_CAN | SNV | - | Chỉ tiêu: phấn đấu đến năm 2030, đạt 75% các sở, ban, ngành và UBND các cấp có lãnh đạo chủ chốt là nữ.
MT2.CT1 | CHUA_DAT | SNV | TKT | Chỉ tiêu 1: tăng tỷ lệ lao động nữ làm công hưởng lương đạt trên 60% vào năm 2030.
MT2.CT2 | TIEM_CAN | - | TKT | Chỉ tiêu 2: giảm tỷ trọng lao động nữ làm việc trong khu vực nông nghiệp trong tổng số lao động nữ có việc làm xuống dưới 25% vào năm 2030.
MT2.CT3 | CHUA_CO_SO_LIEU | STC | TKT LHPN | Chỉ tiêu 3: tỷ lệ nữ giám đốc/chủ doanh nghiệp, hợp tác xã đạt từ 30% trở lên vào năm 2030.
MT3.CT1 | CHUA_DAT | - | TKT | Chỉ tiêu 1: giảm số giờ trung bình làm công việc nội trợ và chăm sóc trong gia đình không được trả công của phụ nữ còn 1,4 lần vào năm 2030 so với nam giới.
MT3.CT2 | DAT_MOT_PHAN | SVHTTDL | STP SYT CAT | Chỉ tiêu 2: đến năm 2030 đạt 90% người bị bạo lực gia đình, bạo lực trên cơ sở giới được phát hiện, được tiếp cận ít nhất một trong các dịch vụ hỗ trợ cơ bản; 70% người gây bạo lực gia đình, bạo lực trên cơ sở giới được phát hiện ở mức chưa bị truy cứu trách nhiệm hình sự được tư vấn, tham vấn.
MT3.CT3 | KHONG_PHAT_SINH | SYT | CAT | Chỉ tiêu 3: 100% số nạn nhân bị mua bán trở về được phát hiện có nhu cầu hỗ trợ được hưởng các dịch vụ hỗ trợ và tái hòa nhập cộng đồng.
MT3.CT4 | DAT | SYT | - | Chỉ tiêu 4: phấn đấu đến năm 2030 có 100% cơ sở trợ giúp xã hội công lập triển khai các hoạt động trợ giúp, phòng ngừa và ứng phó với bạo lực trên cơ sở giới.
MT4.CT1 | TIEM_CAN | SYT | TKT | Chỉ tiêu 1: tỷ số giới tính khi sinh ở mức 109 bé trai/100 bé gái sinh ra sống vào năm 2030.
MT4.CT2 | CHUA_CO_SO_LIEU | SYT | - | Chỉ tiêu 2: tỷ lệ tử vong bà mẹ liên quan đến thai sản giảm còn 42/100.000 trẻ sinh sống vào năm 2030.
MT4.CT3 | DAT | SYT | - | Chỉ tiêu 3: tỷ suất sinh ở vị thành niên giảm từ 18 ca sinh/1.000 phụ nữ xuống dưới 18 ca sinh/1.000 phụ nữ vào năm 2030.
MT4.CT4 | CHUA_DAT | SYT | - | Chỉ tiêu 4: phần đầu đến năm 2030 có ít nhất một cơ sở y tế tuyến tỉnh cung cấp thí điểm dịch vụ chăm sóc sức khỏe dành cho người đồng tính, song tính và chuyển giới.
MT5.CT1 | DAT | SGDDT | - | Chỉ tiêu 1: nội dung về giới, bình đẳng giới được đưa vào chương trình giảng dạy trong hệ thống giáo dục quốc dân và được giảng dạy chính thức ở trường sư phạm.
MT5.CT2 | DAT_MOT_PHAN | SGDDT | - | Chỉ tiêu 2: tỷ lệ trẻ em trai và trẻ em gái dân tộc thiểu số hoàn thành giáo dục tiểu học đạt trên 99% và hoàn thành cấp trung học cơ sở đạt 90% vào năm 2030.
MT5.CT3 | DAT_VUOT | SGDDT | - | Chỉ tiêu 3: tỷ lệ nữ học viên, học sinh, sinh viên được tuyển mới thuộc hệ thống giáo dục nghề nghiệp đạt 40% vào năm 2030.
MT5.CT4 | DAT_MOT_PHAN | SNV | TKT | Chỉ tiêu 4: phần đầu tỷ lệ nữ thạc sĩ trong tổng số người có trình độ thạc sĩ đạt 50% và tỷ lệ nữ tiến sĩ trong tổng số người có trình độ tiến sĩ đạt 35%.
MT6.CT1 | CHUA_CO_SO_LIEU | SNV | - | Chỉ tiêu 1: phần đầu đạt 80% trở lên dân số được tiếp cận kiến thức và nâng cao nhận thức cơ bản về bình đẳng giới.
MT6.CT2 | DAT_MOT_PHAN | SNV | - | Chỉ tiêu 2: 100% tổ chức Đảng, chính quyền, cơ quan hành chính, ban, ngành, đoàn thể các cấp được phổ biến, cập nhật thông tin về bình đẳng giới và cam kết thực hiện bình đẳng giới.
MT6.CT3 | TIEM_CAN | SVHTTDL | - | Chỉ tiêu 3: 100% xã, phường, mỗi quý có ít nhất có 04 tin, bài về bình đẳng giới trên hệ thống thông tin cơ sở.
MT6.CT4 | DAT | SVHTTDL | BPTTH | Chỉ tiêu 4: duy trì đạt 100% đài phát thanh và đài truyền hình ở cấp tỉnh và địa phương có chuyên mục, chuyên đề nâng cao nhận thức về bình đẳng giới hàng tháng; đồng thời phát triển các sản phẩm truyền thông trên nền tảng số, mạng xã hội để tăng khả năng tiếp cận và tương tác với người dân.
"""  # noqa: E501

UNITS = {
    "PT": ("%", 2),
    "RATIO": ("lần", 2),
    "B_PER_100G": ("bé trai/100 bé gái", 2),
    "PER_1K": ("ca sinh/1.000 phụ nữ", 2),
    "PER_100K": ("ca/100.000 trẻ sinh ra sống", 2),
    "COUNT": ("đơn vị", 0),
}

# code | unit | comparator | threshold | baseline | name
CRITERIA = """
MT1.CT1 | PT | at_least | 75 | - | Cơ quan có lãnh đạo chủ chốt là nữ
MT2.CT1 | PT | more_than | 60 | - | Lao động nữ làm công hưởng lương
MT2.CT2 | PT | less_than | 25 | - | Lao động nữ trong nông nghiệp
MT2.CT3 | PT | at_least | 30 | - | Nữ giám đốc/chủ doanh nghiệp, hợp tác xã
MT3.CT1 | RATIO | at_most | 1.4 | - | Giờ nội trợ, chăm sóc không được trả công, nữ so với nam
MT3.CT2a | PT | at_least | 90 | - | Người bị bạo lực được tiếp cận dịch vụ hỗ trợ cơ bản
MT3.CT2b | PT | at_least | 70 | - | Người gây bạo lực được tư vấn, tham vấn
MT3.CT3 | PT | at_least | 100 | - | Nạn nhân bị mua bán được hỗ trợ
MT3.CT4 | PT | at_least | 100 | - | Cơ sở trợ giúp xã hội công lập có hoạt động
MT4.CT1 | B_PER_100G | at_most | 109 | - | Tỷ số giới tính khi sinh
MT4.CT2 | PER_100K | at_most | 42 | - | Tử vong bà mẹ
MT4.CT3 | PER_1K | less_than | 18 | 18 | Tỷ suất sinh ở vị thành niên
MT4.CT4 | COUNT | milestone | 1 | - | Cơ sở y tế tuyến tỉnh cung cấp thí điểm dịch vụ
MT5.CT1a | PT | milestone | 100 | - | Cơ sở giáo dục phổ thông đưa nội dung vào chương trình
MT5.CT1b | PT | milestone | 100 | - | Trường sư phạm giảng dạy chính thức
MT5.CT2a | PT | more_than | 99 | - | Trẻ em trai dân tộc thiểu số hoàn thành tiểu học
MT5.CT2b | PT | more_than | 99 | - | Trẻ em gái dân tộc thiểu số hoàn thành tiểu học
MT5.CT2c | PT | at_least | 90 | - | Trẻ em trai dân tộc thiểu số hoàn thành trung học cơ sở
MT5.CT2d | PT | at_least | 90 | - | Trẻ em gái dân tộc thiểu số hoàn thành trung học cơ sở
MT5.CT3 | PT | at_least | 40 | - | Nữ tuyển mới trong giáo dục nghề nghiệp
MT5.CT4a | PT | at_least | 50 | - | Nữ thạc sĩ
MT5.CT4b | PT | at_least | 35 | - | Nữ tiến sĩ
MT6.CT1 | PT | at_least | 80 | - | Dân số được tiếp cận kiến thức
MT6.CT2a | PT | at_least | 100 | - | Tổ chức được phổ biến, cập nhật thông tin
MT6.CT2b | PT | at_least | 100 | - | Tổ chức được phổ biến và cam kết thực hiện
MT6.CT3 | PT | at_least | 100 | - | Xã, phường có ít nhất 04 tin, bài mỗi quý
MT6.CT4a | PT | maintain | 100 | - | Đài có chuyên mục hằng tháng
MT6.CT4b | COUNT | - | - | - | Sản phẩm truyền thông trên nền tảng số
"""

# criterion | period | value or state | numerator | denominator | basis | status | have/need | silent | missing
# | evaluation | warnings
RESULTS = """
MT1.CT1  | 2026 | 74.418605 | 64 | 86 | TINH | CHINH_THUC | 86/86 | - | - | TIEM_CAN | -
MT2.CT1  | 2026 | 52.301000 | 52301 | 100000 | TINH | SO_BO | 1/1 | - | - | CHUA_DAT | -
MT2.CT2  | 2026 | 25.000000 | 28740 | 114960 | TINH | SO_BO | 1/1 | - | - | TIEM_CAN | -
MT2.CT3  | 2026 | CHUA_CO_SO_LIEU | - | - | - | - | 0/1 | - | K10 | CHUA_CO_SO_LIEU | -
MT3.CT1  | 2026 | 1.802326 | 15.5 | 8.6 | TINH | SO_BO | 1/1 | - | - | CHUA_DAT | -
MT3.CT2a | 2026 | 93.034826 | 187 | 201 | TINH | CHINH_THUC | 69/69 | - | - | DAT_VUOT | -
MT3.CT2b | 2026 | 64.285714 | 45 | 70 | TINH | CHINH_THUC | 69/69 | - | - | CHUA_DAT | -
MT3.CT3  | 2026 | KHONG_PHAT_SINH | - | - | - | CHINH_THUC | 1/1 | - | - | KHONG_PHAT_SINH | -
MT3.CT4  | 2026 | 100.000000 | 2 | 2 | TINH | CHINH_THUC | 1/1 | - | - | DAT | -
MT4.CT1  | 2026 | 112.400000 | - | - | CONG_BO | CHINH_THUC | 1/1 | - | - | TIEM_CAN | -
MT4.CT2  | 2026 | CHUA_CO_SO_LIEU | - | - | - | - | 63/65 | 06001;06637 | - | CHUA_CO_SO_LIEU | -
MT4.CT3  | 2026 | 17.998000 | 8999 | 500000 | TINH | CHINH_THUC | 65/65 | - | - | DAT | -
MT4.CT4  | 2026 | 0.000000 | 0 | - | TINH | CHINH_THUC | 1/1 | - | - | CHUA_DAT | -
MT5.CT1a | 2026 | 100.000000 | 660 | 660 | TINH | CHINH_THUC | 1/1 | - | - | DAT | -
MT5.CT1b | 2026 | 100.000000 | 1 | 1 | TINH | CHINH_THUC | 1/1 | - | - | DAT | -
MT5.CT2a | 2026 | 99.200000 | 6200 | 6250 | TINH | CHINH_THUC | 1/1 | - | - | DAT | -
MT5.CT2b | 2026 | 99.000000 | 5940 | 6000 | TINH | CHINH_THUC | 1/1 | - | - | TIEM_CAN | -
MT5.CT2c | 2026 | 106.000000 | 5830 | 5500 | TINH | CHINH_THUC | 1/1 | - | - | DAT_VUOT | W_COHORT;W_RANGE
MT5.CT2d | 2026 | 90.000000 | 4950 | 5500 | TINH | CHINH_THUC | 1/1 | - | - | DAT | -
MT5.CT3  | 2026 | 41.250000 | 3300 | 8000 | TINH | UOC | 1/1 | - | - | DAT_VUOT | -
MT5.CT4a | 2026 | 52.000000 | 650 | 1250 | TINH | CHINH_THUC | 1/1 | - | - | DAT_VUOT | -
MT5.CT4b | 2026 | 33.333333 | 4 | 12 | TINH | CHINH_THUC | 1/1 | - | - | TIEM_CAN | -
MT6.CT1  | 2026 | 83.333333 | 650000 | 780000 | TINH | CHINH_THUC | 64/65 | 06637 | - | CHUA_CO_SO_LIEU | -
MT6.CT2a | 2026 | 100.000000 | 1500 | 1500 | TINH | CHINH_THUC | 90/90 | - | - | DAT | -
MT6.CT2b | 2026 | 96.000000 | 1440 | 1500 | TINH | CHINH_THUC | 90/90 | - | - | TIEM_CAN | -
MT6.CT3  | 2026-Q1 | 100.000000 | 65 | 65 | TINH | CHINH_THUC | 65/65 | - | - | DAT | -
MT6.CT3  | 2026-Q2 | 98.461538 | 64 | 65 | TINH | CHINH_THUC | 65/65 | - | - | TIEM_CAN | -
MT6.CT3  | 2026-Q3 | 98.461538 | 64 | 65 | TINH | CHINH_THUC | 65/65 | - | - | TIEM_CAN | -
MT6.CT3  | 2026-Q4 | 96.923077 | 63 | 65 | TINH | CHINH_THUC | 64/65 | 06637 | - | TIEM_CAN | -
MT6.CT3  | 2026 | 96.923077 | 63 | 65 | TINH | CHINH_THUC | 64/65 | 06637 | - | TIEM_CAN | -
MT6.CT4a | 2026 | 100.000000 | 1 | 1 | TINH | CHINH_THUC | 1/1 | - | - | DAT | -
MT6.CT4b | 2026 | 1234.000000 | 1234 | - | TINH | CHINH_THUC | 90/90 | - | - | - | -
"""

PREVIOUS = """
MT1.CT1  | 2025 | 70.930233 | 61 | 86 | TONG | CHINH_THUC | 86/86 | - | - | CHUA_DAT | -
MT2.CT1  | 2025 | 51.100000 | - | - | CONG_BO | CHINH_THUC | 1/1 | - | - | CHUA_DAT | -
MT2.CT2  | 2025 | 26.300000 | 26300 | 100000 | TINH | CHINH_THUC | 1/1 | - | - | CHUA_DAT | -
MT2.CT3  | 2025 | 28.400000 | 710 | 2500 | TINH | CHINH_THUC | 1/1 | - | - | CHUA_DAT | -
MT3.CT1  | 2025 | 1.840000 | 16.1 | 8.75 | TINH | CHINH_THUC | 1/1 | - | - | CHUA_DAT | -
MT3.CT2a | 2025 | 88.000000 | 176 | 200 | TONG | CHINH_THUC | 1/1 | - | - | TIEM_CAN | -
MT3.CT2b | 2025 | CHUA_CO_SO_LIEU | - | - | - | - | 0/1 | - | B20;B23 | CHUA_CO_SO_LIEU | -
MT3.CT3  | 2025 | 100.000000 | 3 | 3 | TINH | CHINH_THUC | 1/1 | - | - | DAT | -
MT3.CT4  | 2025 | 50.000000 | 1 | 2 | TINH | CHINH_THUC | 1/1 | - | - | CHUA_DAT | -
MT4.CT1  | 2025 | 113.200000 | - | - | CONG_BO | CHINH_THUC | 1/1 | - | - | TIEM_CAN | -
MT4.CT2  | 2025 | 45.454545 | 5 | 11000 | TONG | CHINH_THUC | 1/1 | - | - | CHUA_DAT | -
MT4.CT3  | 2025 | 18.000000 | 540 | 30000 | TONG | CHINH_THUC | 1/1 | - | - | TIEM_CAN | -
MT4.CT4  | 2025 | 0.000000 | 0 | - | TINH | CHINH_THUC | 1/1 | - | - | CHUA_DAT | -
MT5.CT1a | 2025 | 95.000000 | 627 | 660 | TINH | CHINH_THUC | 1/1 | - | - | TIEM_CAN | -
MT5.CT2a | 2025 | 98.900000 | 989 | 1000 | TINH | CHINH_THUC | 1/1 | - | - | TIEM_CAN | -
MT5.CT2b | 2025 | 99.100000 | 991 | 1000 | TINH | CHINH_THUC | 1/1 | - | - | DAT | -
MT5.CT2c | 2025 | 91.000000 | 910 | 1000 | TINH | CHINH_THUC | 1/1 | - | - | DAT_VUOT | -
MT5.CT2d | 2025 | 90.000000 | 900 | 1000 | TINH | CHINH_THUC | 1/1 | - | - | DAT | -
MT5.CT3  | 2025 | 40.000000 | 3000 | 7500 | TINH | CHINH_THUC | 1/1 | - | - | DAT | -
MT5.CT4a | 2025 | 51.000000 | 510 | 1000 | TINH | CHINH_THUC | 1/1 | - | - | DAT_VUOT | -
MT5.CT4b | 2025 | 33.333333 | 4 | 12 | TINH | CHINH_THUC | 1/1 | - | - | TIEM_CAN | -
MT6.CT1  | 2025 | 78.000000 | 608400 | 780000 | TONG | CHINH_THUC | 1/1 | - | - | TIEM_CAN | -
MT6.CT2a | 2025 | 95.000000 | 1425 | 1500 | TINH | CHINH_THUC | 89/90 | 06001 | - | CHUA_CO_SO_LIEU | -
MT6.CT2b | 2025 | 80.000000 | 1200 | 1500 | TINH | CHINH_THUC | 90/90 | - | - | CHUA_DAT | -
MT6.CT3  | 2025 | 92.307692 | 60 | 65 | TINH | CHINH_THUC | 65/65 | - | - | CHUA_DAT | -
MT6.CT4a | 2025 | 100.000000 | 1 | 1 | TINH | CHINH_THUC | 1/1 | - | - | DAT | -
MT6.CT4b | 2025 | 1100.000000 | 1100 | - | TINH | CHINH_THUC | 90/90 | - | - | - | -
"""

AGENCIES = """
SNV | Sở Nội vụ | Sở Nội vụ
STC | Sở Tài chính | Sở Tài chính
STP | Sở Tư pháp | Sở Tư pháp
SYT | Sở Y tế | Sở Y tế
SGDDT | Sở Giáo dục và Đào tạo | Sở GD&ĐT
SVHTTDL | Sở Văn hóa, Thể thao và Du lịch | Sở VHTTDL
CAT | Công an tỉnh | Công an tỉnh
TKT | Thống kê tỉnh | Thống kê tỉnh
LHPN | Hội Liên hiệp Phụ nữ tỉnh | Hội LHPN tỉnh
BPTTH | Báo và phát thanh, truyền hình Lạng Sơn | Báo và PT-TH
"""

AREAS = """
05977 | Đông Kinh | phường Đông Kinh | phường
05983 | Lương Văn Tri | Phường Lương Văn Tri | phường
06001 | Đoàn Kết | xã Đoàn Kết | xã
06637 | Ba Sơn | xã Ba Sơn | xã
"""


def rows(table: str) -> list[list[str]]:
    """Return the cells of a table of text, `-` read as empty."""
    cells = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    return [["" if cell == "-" else cell for cell in row] for row in cells]


@cache
def _report() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(ANNUAL.read_text(encoding="utf-8"))
    return found


def _criteria() -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for code, unit, comparator, threshold, baseline, name in rows(CRITERIA):
        words, decimals = UNITS[unit]
        made.append(
            {
                "code": code,
                "target": code.rstrip("abcd"),
                "name": name,
                "quote": name,
                "unit": unit,
                "unit_words": words,
                "comparator": comparator or None,
                "comparator_words": None,
                "threshold": threshold or None,
                "baseline": {"value": baseline, "quote": name} if baseline else None,
                "numerator_words": "tử số",
                "denominator_words": "mẫu số",
                "decimals": decimals,
                "definition_words": name,
                "readings": [],
            }
        )
    return made


def result(row: list[str], units: dict[str, str]) -> dict[str, Any]:
    """Return one row of results from its cells."""
    criterion, period, value, over, under, basis, status, coverage, silent, missing, evaluation, warnings = (
        row
    )
    have, need = coverage.split("/")
    known = value[:1].isdigit()
    return {
        "criterion": criterion,
        "target": criterion.rstrip("abcd"),
        "area": "20",
        "period": period,
        "state": "GIA_TRI" if known else value,
        "value": value if known else "",
        "unit": units[criterion],
        "numerator": over,
        "denominator": under,
        "basis": basis,
        "status": status,
        "have": have,
        "need": need,
        "silent": silent.split(";") if silent else [],
        "missing": missing.split(";") if missing else [],
        "evaluation": evaluation,
        "warnings": warnings.split(";") if warnings else [],
    }


def _assigned(agency: str) -> dict[str, str | None]:
    return {"agency": agency, "clause": "VI", "quote": "theo dõi và báo cáo", "note": None}


def _targets(criteria: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "code": code,
            "objective": code.partition(".")[0],
            "title": quote.partition(":")[2].strip() or quote,
            "clause": "II.2",
            "quote": quote,
            "due": 2030,
            "due_quote": "2030" if "2030" in quote else None,
            "lead": _assigned(lead) if lead else None,
            "coordinators": [],
            "suppliers": [_assigned(code) for code in suppliers.split()],
            "lead_gap": None if lead else "Kế hoạch không giao cơ quan chủ trì chỉ tiêu này.",
            "evaluation": evaluation,
            "criteria": [c["code"] for c in criteria if c["target"] == code],
            "readings": [],
        }
        for code, evaluation, lead, suppliers, quote in rows(TARGETS)
    ]


def _build() -> dict[str, Any]:
    criteria = _criteria()
    units = {c["code"]: c["unit"] for c in criteria}
    targets = _targets(criteria)
    evaluations = [target["evaluation"] for target in targets]
    return {
        "format": "songhanh-release-1",
        "contract": "compute-1",
        "scope": "noi_bo",
        "period": YEAR,
        "created_at": "2026-12-10T08:00:00+07:00",
        "created_by": "Mai",
        "illustrative": False,
        "code": {"name": "songhanh", "version": "0.1"},
        "edition": {
            "id": "langson_2026_2030",
            "digest": "sha256:0",
            "title": "Kế hoạch",
            "number": None,
            "day": None,
            "issued": "2026-04",
            "term": {"first": 2026, "last": 2030},
        },
        "register": {"mark": 1, "observations": 1},
        "place": {"code": "20", "name": "Lạng Sơn", "full_name": "tỉnh Lạng Sơn"},
        "areas": [{"code": c, "name": n, "full_name": f, "type": t} for c, n, f, t in rows(AREAS)],
        "agencies": {c: {"name": n, "document": n, "short": s} for c, n, s in rows(AGENCIES)},
        "objectives": [{"code": c, "title": t, "quote": t, "clause": "II.2"} for c, t in rows(OBJECTIVES)],
        "targets": targets,
        "criteria": criteria,
        "results": [result(row, units) for row in rows(RESULTS)],
        "previous": [result(row, units) for row in rows(PREVIOUS)],
        "series": {},
        "summary": {
            "met": sum(one in {"DAT", "DAT_VUOT"} for one in evaluations),
            "of": len(targets),
            "by_evaluation": {one: evaluations.count(one) for one in evaluations},
        },
        "silent_units": [
            {"code": "06001", "name": "Đoàn Kết", "criteria": ["MT4.CT2"]},
            {"code": "06637", "name": "Ba Sơn", "criteria": ["MT4.CT2", "MT6.CT1", "MT6.CT3"]},
        ],
        "missing_elements": [
            {
                "code": "K10",
                "name": "HTX có giám đốc/chủ tịch HĐQT là nữ",
                "suppliers": "Sở Tài chính ← Hội LHPN tỉnh",
            },
        ],
        "lineage": {},
        "report": _report(),
    }


@cache
def _once() -> dict[str, Any]:
    return _build()


def release(**changes: Any) -> dict[str, Any]:
    """Return the release, with top-level fields changed."""
    return {**copy.deepcopy(_once()), **changes}


def complete() -> dict[str, Any]:
    """Return a release in which everybody has reported: no second appendix is needed."""
    return release(silent_units=[], missing_elements=[])
