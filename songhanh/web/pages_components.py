"""Every component with made-up content, so that each can be looked at and checked on its own."""

from __future__ import annotations

from fractions import Fraction

from songhanh.core.results import Evaluation
from songhanh.web import pages_words as words
from songhanh.web.charts import Point, line_chart, spark
from songhanh.web.pages import Change
from songhanh.web.pages_target import Key, TileMap, TileView


def samples() -> dict[str, object]:
    """Return one of each component, in all its forms."""
    rising = [
        Point(2021, Fraction(41), "41,0%"),
        Point(2022, Fraction(45), "45,0%"),
        Point(2023, None, "", gap="chưa có"),
        Point(2024, Fraction(52), "52,0%"),
        Point(2025, Fraction(58), "58,0%", firm=False),
    ]
    return {
        "tags": [words.tag(one) for one in Evaluation] + [words.tag("", judged=False)],
        "changes": [
            Change("up", "tăng 1,2 điểm %", "1,2 điểm %", 2025),
            Change("down", "giảm 0,04 lần", "0,04 lần", 2025),
            Change("same", "không thay đổi", "0 điểm %", 2025),
        ],
        "chart": line_chart(
            rising,
            last=2030,
            threshold=Fraction(75),
            goal_label="Mức năm 2030: 75%",
            description="Từ 41,0% năm 2021 lên 58,0% năm 2025; năm 2023 chưa có số liệu. Mức năm 2030: 75%.",
        ),
        "spark": spark(rising, threshold=Fraction(75)),
        "tiles": TileMap(
            tiles=tuple(
                TileView(f"Xã mẫu {number}", text, "#o-luoi", f"c-{number - 1} r-0", tint, mark)
                for number, (text, tint, mark) in enumerate(
                    (
                        ("12%", "t-1", ""),
                        ("34%", "t-2", ""),
                        ("56%", "t-3", ""),
                        ("78%", "t-4", ""),
                        ("95%", "t-5", ""),
                        ("4/4 quý", "t-pass", Evaluation.MET.value),
                        ("2/4 quý", "t-fail", Evaluation.NOT_MET.value),
                        ("chưa có", "t-none", Evaluation.NO_DATA.value),
                        ("không phát sinh", "t-nil", Evaluation.NIL.value),
                    ),
                    1,
                )
            ),
            keys=(
                Key("t-1", "thấp", ""),
                Key("t-5", "cao", ""),
                Key("t-none", "chưa có", Evaluation.NO_DATA.value),
            ),
            width=9,
            caption="",
        ),
    }
