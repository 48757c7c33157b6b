"""The order of names is the Vietnamese one."""

from __future__ import annotations

import random
import unicodedata

import pytest

from songhanh.core.collation import in_order, sort_key

UNITS = (
    "Phường Đông Kinh|Phường Kỳ Lừa|Phường Lương Văn Tri|Phường Tam Thanh|Xã Ba Sơn|Xã Bắc Sơn|Xã Bằng Mạc|"
    "Xã Bình Gia|Xã Cai Kinh|Xã Cao Lộc|Xã Châu Sơn|Xã Chi Lăng|Xã Chiến Thắng|Xã Công Sơn|Xã Điềm He|Xã Đình Lập|"
    "Xã Đoàn Kết|Xã Đồng Đăng|Xã Hoa Thám|Xã Hoàng Văn Thụ|Xã Hội Hoan|Xã Hồng Phong|Xã Hưng Vũ|Xã Hữu Liên|"
    "Xã Hữu Lũng|Xã Kháng Chiến|Xã Khánh Khê|Xã Khuất Xá|Xã Kiên Mộc|Xã Lộc Bình|Xã Lợi Bác|Xã Mẫu Sơn|Xã Na Dương|"
    "Xã Na Sầm|Xã Nhân Lý|Xã Nhất Hòa|Xã Quan Sơn|Xã Quốc Khánh|Xã Quốc Việt|Xã Quý Hòa|Xã Tân Đoàn|Xã Tân Thành|"
    "Xã Tân Tiến|Xã Tân Tri|Xã Tân Văn|Xã Thái Bình|Xã Thất Khê|Xã Thiện Hòa|Xã Thiện Long|Xã Thiện Tân|"
    "Xã Thiện Thuật|Xã Thống Nhất|Xã Thụy Hùng|Xã Tràng Định|Xã Tri Lễ|Xã Tuấn Sơn|Xã Vạn Linh|Xã Văn Lãng|"
    "Xã Văn Quan|Xã Vân Nham|Xã Vũ Lăng|Xã Vũ Lễ|Xã Xuân Dương|Xã Yên Bình|Xã Yên Phúc"
).split("|")


def test_the_65_communes_and_wards_come_in_dictionary_order() -> None:
    shuffled = random.Random(65).sample(UNITS, k=len(UNITS))
    assert len(UNITS) == 65
    assert in_order(shuffled, str) == UNITS


@pytest.mark.parametrize(
    "ordered",
    [
        "ma mà mả mã má mạ mă mâ me mê mo mô mơ mu mư my",
        "An Ảnh Ăn Ân Da Dương Đa Đông",
        "đường Đường",
        "xã1 xã2 xãa",
    ],
)
def test_words_follow_letters_then_tones_then_capitals(ordered: str) -> None:
    words = ordered.split()
    assert sorted(reversed(words), key=sort_key) == words


@pytest.mark.parametrize(
    ("first", "second", "because"),
    [
        ("Chi Lăng", "Chiến Thắng", "a space comes before any letter"),
        ("Vạn Linh", "Văn Lãng", "a comes before ă, whatever the tone"),
        ("Quốc Việt", "Quý Hòa", "o comes before y"),
        ("Thiện Thuật", "Thống Nhất", "i comes before ô"),
        ("Nông Thị Ý", "Nông Thị Yến", "a shorter word comes before a longer one that starts with it"),
        ("Nguyễn Thị Ảnh", "Nguyễn Thị Ánh", "hỏi comes before sắc"),
        ("Nguyễn Thị Ánh", "Nguyễn Thị Ân", "every a comes before â"),
        ("Chí Lanh", "Chi Lăng", "the letters of the whole name weigh more than any tone"),
        ("Dương", "Đa", "đ is a letter after d"),
    ],
)
def test_one_name_comes_before_another(first: str, second: str, because: str) -> None:
    assert sort_key(first) < sort_key(second), because


def test_a_decomposed_name_sorts_as_the_composed_one() -> None:
    assert sort_key(unicodedata.normalize("NFD", "Lạng Sơn")) == sort_key("Lạng Sơn")
