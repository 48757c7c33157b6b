"""One Vietnamese sentence per thing that can be wrong: what, and what to do. The place is put before it.

Sentences are looked up by the `case` of a `core.problems.Problem`; a test finds each case of the code in this table.
"""

from __future__ import annotations

from collections.abc import Mapping

from songhanh.core.problems import Problem

SENTENCES: Mapping[str, str] = {
    # the file as a whole
    "file.missing": "Không mở được tệp {written}. Đề nghị kiểm tra lại đường dẫn và quyền đọc tệp.",
    "file.empty": "Tệp không có dòng tiêu đề. Dòng đầu cần có các cột element, area, period, state, value.",
    "file.encoding": "Tệp không phải UTF-8. Đề nghị lưu lại tệp dạng “CSV UTF-8” rồi thử lại.",
    "file.quoting": (
        "Dấu nháy kép hoặc dấu xuống dòng đặt sai chỗ nên không đọc tiếp được. "
        "Đề nghị kiểm tra các dấu nháy kép từ dòng này trở đi."
    ),
    # columns
    "column.missing": "Thiếu cột “{column}”. Đề nghị thêm cột này vào dòng tiêu đề.",
    "column.twice": "Cột “{column}” xuất hiện hai lần. Đề nghị giữ lại một cột.",
    "column.unknown": (
        "Không có cột nào tên “{column}”. Đề nghị sửa tên cột, hoặc đặt tên bắt đầu bằng x_ nếu là cột ghi chú riêng."
    ),
    "column.version": (
        "Cột “{column}” ghi “{written}”, cần một số nguyên từ 1 trở lên. Đề nghị sửa số này hoặc để trống ô."
    ),
    "column.approved_at": (
        "Cột “{column}” ghi “{written}”, không phải ngày giờ. Đề nghị ghi như 2026-12-20T10:00:00+07:00 hoặc để trống."
    ),
    "row.cells": (
        "Dòng có {found} ô, dòng tiêu đề có {expected} ô. Đề nghị kiểm tra dấu phẩy thừa hoặc thiếu; "
        "ô có dấu phẩy bên trong phải đặt trong nháy kép."
    ),
    # cells
    "element.unknown": "Không có mục số liệu mã “{written}” trong danh mục. Đề nghị kiểm tra lại mã.",
    "element.text": "“{written}” là mục viết bằng lời, không nhận số liệu. Đề nghị bỏ dòng này khỏi tệp.",
    "area.unknown": (
        "Không có đơn vị hành chính mã “{written}” còn hiệu lực trong kỳ tính. "
        "Đề nghị dùng mã của xã, phường hiện nay hoặc mã tỉnh."
    ),
    "period.unknown": (
        "Kỳ “{written}” không đúng cách viết. Ví dụ: 2026 (năm), 2026-Q2 (quý), 2026-06 (tháng), "
        "2026-12-31 (thời điểm), 2025-09-01/P1Y (năm học)."
    ),
    "period.not_a_year": "Kỳ tính “{written}” phải là một năm dương lịch gồm bốn chữ số, ví dụ 2026.",
    "dimension.unknown": "Mã phân tổ “{written}” không có ở cột {column}. Các mã dùng được: {allowed}.",
    "kind.unknown": "Mã loại “{written}” không dùng cho {element}.{allowed_hint}",
    "kind.needed": "{element} luôn phải ghi rõ loại ở cột kind, không để tổng.{allowed_hint}",
    "status.unknown": (
        "Tình trạng số liệu “{written}” không có. Các mã dùng được: UOC (ước), SO_BO (sơ bộ), CHINH_THUC (chính thức)."
    ),
    "state.unknown": (
        "Trạng thái “{written}” không có. Các mã dùng được: GIA_TRI, KHONG_PHAT_SINH, CHUA_CO_SO_LIEU, KHONG_AP_DUNG."
    ),
    "state.number_missing": (
        "Trạng thái là GIA_TRI nhưng ô value để trống. Đề nghị điền số, hoặc ghi CHUA_CO_SO_LIEU nếu chưa có."
    ),
    "state.value_without_number_state": (
        "Ô value có “{written}” nhưng trạng thái không phải GIA_TRI. Đề nghị xóa số hoặc sửa trạng thái thành GIA_TRI."
    ),
    "state.nil_not_allowed": (
        "{element} không dùng KHONG_PHAT_SINH. Nếu số bằng 0, đề nghị ghi GIA_TRI và số 0; nếu chưa có, "
        "ghi CHUA_CO_SO_LIEU."
    ),
    "state.not_applicable_not_allowed": (
        "{element} không dùng KHONG_AP_DUNG. Nếu chưa có số, đề nghị ghi CHUA_CO_SO_LIEU."
    ),
    "number.comma": "Số “{written}” dùng dấu phẩy. Trong tệp này phần thập phân viết sau dấu chấm, ví dụ 15.5.",
    "number.percent": "“{written}” có dấu %. Đề nghị chỉ ghi số, ví dụ 62.35.",
    "number.negative": "“{written}” là số âm. Số liệu này không thể nhỏ hơn 0; đề nghị kiểm tra lại.",
    "number.leading_zero": "“{written}” có số 0 thừa ở đầu. Đề nghị bỏ số 0 đó.",
    "number.grouping": "“{written}” có dấu tách hàng nghìn. Đề nghị ghi liền các chữ số, ví dụ 1234567.",
    "number.too_long": "“{written}” có quá nhiều chữ số (tối đa 15 chữ số phần nguyên, 6 chữ số thập phân).",
    "number.syntax": "“{written}” chưa phải là số. Đề nghị ghi số như 10 hoặc 15.5.",
    "value.whole": "{element} là số nguyên nhưng ô ghi {written}. Đề nghị kiểm tra lại.",
    "value.flag": "{element} chỉ nhận 1 (có) hoặc 0 (không), ô ghi {written}.",
    "value.range": "{element} ghi {written}, nằm ngoài khoảng từ {low} đến {high}. Đề nghị kiểm tra lại.",
    "value.range_open": (
        "{element} ghi {written}; số này phải lớn hơn {low} và không quá {high}. Đề nghị kiểm tra lại."
    ),
    "org.syntax": "Mã cơ quan “{written}” không đúng cách viết (chữ in hoa, số, dấu gạch dưới; từ 2 đến 20 ký tự).",
    "org.at_commune": "Dòng của xã, phường không ghi cơ quan. Đề nghị để trống cột org ở dòng này.",
    "org.not_allowed": "{element} không chia theo cơ quan. Đề nghị để trống cột org.",
    # between rows
    "row.twice": (
        "Dòng này trùng với dòng {first}: cùng mục số liệu {element}, đơn vị {area}, kỳ {period} và phân tổ. "
        "Đề nghị giữ lại một dòng."
    ),
    "sum.differs": (
        "{element} của {area}{org_hint}, kỳ {period}: tổng số ghi {total} nhưng cộng {codes} được {sum}. "
        "Đề nghị sửa tổng hoặc các số thành phần."
    ),
    # between figures
    "part.more_than_whole": (
        "{criterion}, {unit}: tử số {numerator} lớn hơn mẫu số {denominator}. Đề nghị kiểm tra hai số này."
    ),
    "part.bound": (
        "{criterion}, {unit}: {part} ({part_amount}) lớn hơn {whole} ({whole_amount}). Đề nghị kiểm tra hai số này."
    ),
    "part.duplicates_exceed": (
        "{criterion}, {unit}: số người trùng giữa các nguồn lớn hơn tổng số người đã đếm. "
        "Đề nghị kiểm tra lại số trùng."
    ),
    "state.half_owed": (
        "{criterion}, {unit}: một vế ghi “không áp dụng” còn vế kia thì không. "
        "Đề nghị ghi cả tử số và mẫu số là KHONG_AP_DUNG, hoặc điền cả hai."
    ),
    "register.communes": (
        "{criterion}: {element} ghi {found} xã, phường nhưng danh mục có {expected}. Đề nghị sửa {element}."
    ),
    "register.agencies": (
        "{criterion}: có {found} cơ quan báo cáo, nhiều hơn {element} = {expected} trong danh mục. "
        "Đề nghị sửa danh mục hoặc bỏ cơ quan ngoài phạm vi."
    ),
    "register.units": (
        "{criterion}: có số liệu của {found} đơn vị, nhiều hơn {element} = {expected} trong danh mục. "
        "Đề nghị kiểm tra lại mã đơn vị ở cột kind."
    ),
}


def say(problem: Problem, names: Mapping[str, str] | None = None) -> str:
    """Return the sentence for a problem; `names` turns codes of places and organisations into words.

    Raises: KeyError for a case that has no sentence.
    """
    data = dict(problem.data)
    for field in ("area", "unit"):
        code = data.get(field, "")
        if names and code in names:
            data[field] = f"{names[code]} ({code})"
    data.setdefault("column", problem.column or "")
    data["allowed_hint"] = f" Các mã dùng được: {data['allowed']}." if data.get("allowed") else ""
    data["org_hint"] = f", {data['org']}" if data.get("org") else ""
    return SENTENCES[problem.case].format_map(data)


def place(problem: Problem) -> str:
    """Return where a problem is, in words: line and column, as far as they are known."""
    parts = []
    if problem.line:
        parts.append(f"dòng {problem.line}")
    if problem.column:
        parts.append(f"cột {problem.column}")
    return ", ".join(parts)


def report_line(problem: Problem, names: Mapping[str, str] | None = None) -> str:
    """Return the one line that a command prints for a problem: code, place, sentence."""
    where = place(problem)
    return (
        f"{problem.code.value} {where}: {say(problem, names)}"
        if where
        else f"{problem.code.value}: {say(problem, names)}"
    )
