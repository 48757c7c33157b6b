"""Every problem that core can name has its sentence, and every sentence tells what to do."""

import re
from pathlib import Path

import pytest

import songhanh
from songhanh.core.problems import Code, Problem
from songhanh.web.messages import SENTENCES, report_line, say

ROOT = Path(songhanh.__file__).parent
CASE = re.compile(
    r'"((?:file|column|row|element|area|period|dimension|kind|status|state|number|value|org|sum|part|register)\.[a-z_]+)"'
)
FIELDS = {
    "written", "found", "expected", "first", "allowed", "element", "area", "period", "unit", "criterion", "low", "high",
    "total", "sum", "codes", "org", "numerator", "denominator", "part", "whole", "part_amount", "whole_amount",
}  # fmt: skip


def cases_in_code() -> set[str]:
    sources = [*(ROOT / "core").glob("*.py"), *(ROOT / "engine").glob("*.py")]
    return {case for source in sources for case in CASE.findall(source.read_text(encoding="utf-8"))}


def test_every_case_that_the_code_names_has_a_sentence() -> None:
    assert cases_in_code() - set(SENTENCES) == set()


@pytest.mark.parametrize("case", sorted(SENTENCES))
def test_a_sentence_stands_on_its_own_and_names_what_to_do(case: str) -> None:
    data = dict.fromkeys(FIELDS, "7")
    sentence = say(Problem(Code.COLUMN, case, 3, "value", data))
    assert sentence[0].isupper() or sentence[0] in "“7"
    assert sentence.endswith(".")
    assert "{" not in sentence
    assert "không hợp lệ" not in sentence
    assert len(sentence.split()) > 6


def test_the_line_of_a_command_gives_code_place_and_sentence() -> None:
    problem = Problem(Code.NUMBER, "number.comma", 12, "value", {"written": "15,5"})
    assert report_line(problem) == (
        "E_NUMBER dòng 12, cột value: Số “15,5” dùng dấu phẩy. "
        "Trong tệp này phần thập phân viết sau dấu chấm, ví dụ 15.5."
    )


def test_a_place_is_named_in_words_when_its_name_is_known() -> None:
    data = {"criterion": "MT6.CT1", "unit": "00001", "numerator": "11", "denominator": "10"}
    problem = Problem(Code.PART, "part.more_than_whole", 4, None, data)
    assert say(problem, {"00001": "Xã Thử"}) == (
        "MT6.CT1, Xã Thử (00001): tử số 11 lớn hơn mẫu số 10. Đề nghị kiểm tra hai số này."
    )
