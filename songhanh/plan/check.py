"""`songhanh plan check`: says in Vietnamese what is wrong with an edition, where, and what to do about it."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from songhanh.plan.edition import Edition
from songhanh.plan.loader import load
from songhanh.plan.problems import BrokenEdition, EditionProblem

SENTENCES: Mapping[str, str] = {
    # files
    "folder_missing": "Không tìm thấy thư mục này. Đề nghị kiểm tra lại đường dẫn của bản kế hoạch.",
    "not_an_edition": "Thư mục này không phải là một bản kế hoạch. Đề nghị chỉ đúng thư mục có tệp plan.yaml.",
    "file_missing": "Bản kế hoạch thiếu tệp hoặc thư mục này. Đề nghị thêm vào; "
    "có thể chép mẫu từ bản kế hoạch kèm sẵn.",
    "file_unknown": "Tệp này không thuộc bản kế hoạch. Đề nghị chuyển đi nơi khác hoặc đặt lại tên; "
    "các tệp được dùng: {known}.",
    "file_unreadable": "Không mở được tệp. Đề nghị kiểm tra quyền đọc tệp.",
    "file_empty": "Tệp không có nội dung. Đề nghị điền nội dung hoặc bỏ tệp này đi.",
    "file_name": "Tên tệp không khớp với mã “{value}”. Đề nghị đổi tên tệp thành {wanted} hoặc sửa lại mã.",
    "not_utf8": "Chữ trong tệp không theo bảng mã UTF-8 nên không đọc được. Đề nghị lưu lại tệp với bảng mã UTF-8.",
    "yaml_syntax": "Tệp viết sai cách nên không đọc được. Đề nghị xem lại dòng này: khoảng trắng đầu dòng, "
    "dấu hai chấm, dấu ngoặc kép.",
    # fields
    "field_missing": "Thiếu mục này. Đề nghị bổ sung.",
    "field_empty": "Mục này đang để trống. Đề nghị điền nội dung.",
    "field_unknown": "Không có mục nào tên như vậy ở đây. Đề nghị sửa tên hoặc bỏ mục này; các mục được dùng: {known}.",
    "field_twice": "Mục này được viết hai lần. Đề nghị chỉ giữ một.",
    "not_a_mapping": "Ở đây cần các mục có tên (tên: nội dung). Đề nghị viết lại theo mẫu.",
    "not_a_list": "Ở đây cần một danh sách, mỗi dòng bắt đầu bằng dấu “-”. Đề nghị viết lại theo mẫu.",
    "not_a_value": "Ở đây cần một giá trị đơn (chữ hoặc số). Đề nghị viết lại theo mẫu.",
    "not_a_whole_number": "“{value}” không phải số nguyên. Đề nghị viết số bằng chữ số, ví dụ 2030.",
    "not_a_number": "“{value}” không phải số. Đề nghị viết số với dấu chấm thập phân, ví dụ 1.4, không kèm đơn vị.",
    "not_true_or_false": "“{value}” không dùng được ở đây. Đề nghị viết true (có) hoặc false (không).",
    "not_a_date": "“{value}” không phải ngày có thật. Đề nghị viết năm-tháng-ngày, ví dụ 2026-12-31.",
    "number_too_low": "Số {value} nhỏ quá, ở đây cần từ {low} trở lên. Đề nghị kiểm tra lại.",
    "number_too_high": "Số {value} lớn quá, ở đây cần từ {high} trở xuống. Đề nghị kiểm tra lại.",
    "choice_unknown": "“{value}” không có trong các từ được dùng ở đây. Đề nghị chọn một trong: {known}.",
    "code_form": "Mã “{value}” viết sai cách. Đề nghị dùng chữ không dấu và chữ số, không có khoảng trắng, "
    "theo kiểu của các mã khác.",
    "code_twice": "Mã “{value}” đã dùng ở chỗ khác. Đề nghị mỗi mã chỉ dùng một lần.",
    "list_empty": "Danh sách này chưa có phần tử nào. Đề nghị bổ sung ít nhất một.",
    "range_form": "Khoảng giá trị phải gồm số nhỏ rồi số lớn. Đề nghị viết lại, ví dụ [15, 95].",
    "range_not_whole": "Số liệu này là số nguyên nên giới hạn cũng phải là số nguyên. Đề nghị sửa giới hạn, "
    "hoặc đổi value thành decimal.",
    # tables
    "column_missing": "Bảng thiếu cột này. Đề nghị thêm cột vào dòng đầu.",
    "column_unknown": "Bảng có cột lạ. Đề nghị bỏ cột này; các cột được dùng: {known}.",
    "column_twice": "Bảng có hai cột cùng tên. Đề nghị chỉ giữ một.",
    "csv_syntax": "Bảng viết sai cách nên không đọc được. Đề nghị xem lại dấu ngoặc kép ở dòng này và các dòng trên.",
    "row_length": "Dòng này có {cells} ô, trong khi bảng có {columns} cột. Đề nghị kiểm tra dấu phẩy trong dòng.",
    # the plan's words
    "quote_not_found": "Câu trích “{quote}” không có trong lời văn của Kế hoạch (text.md). "
    "Đề nghị chép lại đúng từng chữ.",
    "quote_elsewhere": "Câu trích “{quote}” có trong Kế hoạch nhưng không nằm ở {clause}. "
    "Đề nghị sửa vị trí (clause) hoặc câu trích.",
    "quote_ellipsis": "Câu trích có dấu ba chấm. Đề nghị trích liền một đoạn, không bỏ chữ ở giữa.",
    "quote_without_clause": "Câu trích (quote) và vị trí trong Kế hoạch (clause) phải có cả hai hoặc cùng để null. "
    "Đề nghị bổ sung phần còn thiếu.",
    "words_not_in_quote": "“{words}” không nằm trong câu trích “{quote}”. Đề nghị chép đúng từ câu trích.",
    "clause_unknown": "Kế hoạch không có vị trí “{value}”. Đề nghị viết theo số mục của Kế hoạch, "
    "ví dụ “VI.1” hoặc “II.2.3, chỉ tiêu 2”.",
    "quote_or_note": "Kế hoạch không nêu tên cơ quan này thì phải có lời giải thích. Đề nghị điền câu trích (quote) "
    "hoặc ghi chú (note).",
    # codes that point elsewhere
    "element_unknown": "Không có số liệu nào mang mã “{value}” trong thư mục elements. "
    "Đề nghị sửa mã hoặc thêm số liệu.",
    "agency_unknown": "Không có cơ quan nào mang mã “{value}” trong agencies.yaml. Đề nghị sửa mã hoặc thêm cơ quan.",
    "reading_unknown": "Không có cách hiểu nào mang mã “{value}” trong plan.yaml. Đề nghị sửa mã hoặc thêm cách hiểu.",
    "reading_unused": "Cách hiểu “{value}” không được tiêu chí hay số liệu nào nhắc đến. "
    "Đề nghị nêu mã này ở chỗ dùng, đặt general: true nếu áp dụng chung, hoặc bỏ đi.",
    "unit_unknown": "Không có đơn vị đo nào mang mã “{value}” trong plan.yaml. Đề nghị chọn một trong: {known}.",
    "indicator_unknown": "Không có tệp indicators/{value}.yaml. Đề nghị sửa mã hoặc thêm cách tính.",
    "indicator_unused": "Cách tính “{value}” không được tiêu chí nào dùng. Đề nghị nêu ở một tiêu chí hoặc bỏ tệp này.",
    "target_without_file": "Chưa có tệp targets/{value}.yaml cho chỉ tiêu này. Đề nghị thêm tệp hoặc sửa danh sách.",
    "target_not_listed": "Chỉ tiêu “{value}” có {times} lần trong danh sách các mục tiêu ở plan.yaml, "
    "cần đúng một lần. Đề nghị sửa danh sách.",
    "objective_differs": "Tệp ghi mục tiêu “{value}” nhưng plan.yaml xếp chỉ tiêu này vào “{listed}”. "
    "Đề nghị sửa cho khớp.",
    "criterion_unknown": "Không có tiêu chí nào mang mã “{value}”. Đề nghị sửa mã hoặc bỏ phần này.",
    "criterion_not_worded": "Mẫu báo cáo chưa có câu chữ cho tiêu chí “{value}”. Đề nghị bổ sung.",
    # targets and criteria
    "lead_or_gap": "Chỉ tiêu phải có cơ quan chủ trì (lead), hoặc có câu nêu rõ Kế hoạch chưa giao (lead_gap), "
    "không để trống và không ghi cả hai. Đề nghị sửa lại.",
    "due_quote_or_reading": "Năm phải đạt lấy từ lời văn (quote) hoặc từ một cách hiểu (reading), đúng một trong hai. "
    "Đề nghị sửa lại.",
    "due_year_differs": "Năm {year} không khớp với câu trích “{quote}”. Đề nghị sửa năm hoặc câu trích.",
    "year_outside_term": "Năm {year} nằm ngoài thời hạn của Kế hoạch. Đề nghị kiểm tra lại năm.",
    "term_reversed": "Năm cuối ({last}) đứng trước năm đầu ({first}). Đề nghị sửa lại.",
    "comparator_and_threshold": "Phép so sánh (comparator) và mức phải đạt (threshold) phải có cả hai "
    "hoặc cùng để null. Đề nghị bổ sung phần còn thiếu.",
    "comparator_without_words": "Có phép so sánh nhưng chưa nêu từ ngữ của Kế hoạch thể hiện nó. "
    "Đề nghị điền comparator_words, ví dụ “đạt trên 60%”.",
    "baseline_half": "Số nền phải có cả con số (value) và câu trích (quote). Đề nghị bổ sung, "
    "hoặc để baseline: null.",
    # elements and definitions
    "element_not_read": "Số liệu {element} không có phần reading nên không tính được. "
    "Đề nghị thêm phần reading cho số liệu hoặc dùng số liệu khác.",
    "element_class": "Số liệu {element} thuộc loại {found}, cách tính này cần loại {wanted}. "
    "Đề nghị đổi số liệu hoặc đổi cách tính (kind).",
    "element_period": "Số liệu {element} được đọc theo kỳ {found}, cách tính này cần kỳ {wanted}. "
    "Đề nghị đổi số liệu hoặc đổi cách tính (kind).",
    "element_not_flag": "Số liệu {element} không phải loại có hoặc không (flag) nên không đếm cơ quan được. "
    "Đề nghị đổi số liệu.",
    "element_not_decimal": "Số liệu {element} không phải số thập phân nên không thể là tỷ lệ công bố sẵn. "
    "Đề nghị đổi số liệu hoặc sửa value của số liệu thành decimal.",
    "element_without_kinds": "Số liệu {element} không bắt buộc nêu loại (kind) nên không tách được từng đơn vị. "
    "Đề nghị đặt total_kind: false ở số liệu, hoặc đổi số liệu.",
    "kind_unknown": "Số liệu {element} không có mã “{value}”. Đề nghị chọn một trong: {known}.",
    "kind_not_named": "Số liệu này không có tổng chung, phải nêu rõ loại (kind) muốn dùng. Đề nghị thêm vào fixed.",
    "dimension_unknown": "Không có chiều số liệu nào tên “{value}”. Đề nghị chọn một trong: {known}.",
    "code_not_in_dimension": "Mã “{value}” không thuộc chiều số liệu này. Đề nghị chọn trong: {known}.",
    "no_kinds_at_all": "Số liệu {element} cấm ghi tổng chung mà không có loại (kind) nào, nên không ghi được gì. "
    "Đề nghị thêm kinds, hoặc đặt any_kind: true.",
    "sex_unknown": "Mã giới tính “{value}” không có trong plan.yaml. Đề nghị chọn một trong: {known}.",
    "reading_not_allowed": "Chỉ số liệu kiểu number mới có phần reading; số liệu này là {content}. "
    "Đề nghị bỏ phần reading hoặc đổi content.",
    "total_listed": "Mã tổng số _T luôn có sẵn. Đề nghị không ghi ở đây.",
    "no_commune_rows": "Cách tính này không có giá trị của từng xã, phường. Đề nghị đặt commune_rows: false.",
    "words_without_denominator": "Cách tính không có mẫu số mà có lời mô tả mẫu số. Đề nghị để null.",
    "not_upper_case": "“{value}” chưa viết hoa toàn bộ. Đề nghị viết hoa, vì dòng này đứng ở đầu văn bản.",
    # places
    "no_province": "Bảng không có dòng nào là tỉnh (level: province). Đề nghị thêm dòng của tỉnh.",
    "no_map": "Ngày {day}, danh sách địa bàn có {provinces} tỉnh đang có hiệu lực, cần đúng một. "
    "Đề nghị kiểm tra valid_from, valid_to.",
    "parent_unknown": "Địa bàn {area} trực thuộc “{value}”, nhưng mã này không phải là tỉnh trong bảng. "
    "Đề nghị sửa lại.",
    "area_twice": "Địa bàn {value} có hai dòng trùng thời gian hiệu lực. Đề nghị sửa ngày hoặc bỏ một dòng.",
    "area_unknown": "Không có xã, phường nào mang mã “{value}” trong areas.csv. Đề nghị sửa mã.",
    "dates_reversed": "Ngày hết hiệu lực {last} đứng trước ngày có hiệu lực {first}. Đề nghị sửa lại.",
    "whole_and_more": "Đơn vị cũ {value} vừa nhập toàn bộ vào một nơi vừa có phần ở nơi khác. Đề nghị sửa cột part.",
    "tile_taken": "Ô của {value} trùng với ô của {other}. Đề nghị chọn cột, hàng khác.",
    "tile_missing": "Xã, phường {value} chưa có ô trên sơ đồ. Đề nghị thêm một dòng.",
}
"""One sentence per case: what is wrong and what to do. Facts of the problem stand in braces."""


def check(path: Path | None = None) -> list[EditionProblem]:
    """Return everything that is wrong with an edition, nothing when it can be used."""
    try:
        load(path)
    except BrokenEdition as broken:
        return list(broken.problems)
    return []


def sentence(problem: EditionProblem) -> str:
    """Return the sentence that tells a person where the problem is, what is wrong and what to do."""
    return f"{place(problem)}: {SENTENCES[problem.case].format_map(problem.data)}"


def place(problem: EditionProblem) -> str:
    """Return where the problem is: file, line, and field or column."""
    line = f", dòng {problem.line}" if problem.line else ""
    word = "cột" if problem.file.lower().endswith(".csv") else "mục"
    field = f", {word} {problem.field}" if problem.field else ""
    return f"{problem.file}{line}{field}"


def summary(edition: Edition) -> str:
    """Return the sentence for an edition in which nothing is wrong."""
    communes = len(edition.area_map(edition.term.first).communes)
    return (
        f"Bản kế hoạch “{edition.id}” dùng được: {len(edition.objectives)} mục tiêu, "
        f"{len(edition.targets)} chỉ tiêu, {len(edition.criteria)} tiêu chí, "
        f"{len(edition.catalogue)} số liệu, {communes} xã, phường."
    )


def main(argv: Sequence[str]) -> int:
    """Check the edition in the named directory, or the built-in one; exit 0 when it can be used, else 2."""
    if len(argv) > 1:
        sys.stderr.write("Cách dùng: songhanh plan check [THƯ_MỤC]. Đề nghị chỉ nêu một thư mục.\n")
        return 2
    try:
        edition = load(Path(argv[0]) if argv else None)
    except BrokenEdition as broken:
        for problem in broken.problems:
            sys.stderr.write(f"{sentence(problem)}\n")
        sys.stderr.write(f"Có {len(broken.problems)} chỗ cần sửa; bản kế hoạch chưa dùng được.\n")
        return 2
    sys.stdout.write(f"{summary(edition)}\n")
    return 0
