"""What a reader finds on the pages, from a handful of figures worked out by hand."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from songhanh.core.problems import Code, Problem, Refused
from songhanh.plan import load
from songhanh.plan.words import normal

from .conftest import Enter


def read(client: Client, address: str) -> str:
    """Return the visible text of a page, white space collapsed."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return text_of(answer.content.decode())


def text_of(page: str) -> str:
    body = re.sub(r"(?s)<(svg|head)\b.*?</\1>", " ", page)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


EMPTY_PAGES = ["/", "/chi-tieu/", "/chi-tieu/MT1.CT1/", "/chi-tieu/MT6.CT3/so-lieu/", "/ke-hoach/", "/cach-hieu/",
               "/don-vi/", "/don-vi/05977/", "/don-vi/SNV/", "/phien-ban-so-lieu/", "/gioi-thieu/"]  # fmt: skip


@pytest.mark.parametrize("address", EMPTY_PAGES)
def test_every_page_opens_before_there_is_any_figure(client: Client, db: None, address: str) -> None:
    page = read(client, address)
    assert "SỐ LIỆU MINH HỌA" not in page


def test_an_empty_register_says_so_and_shows_no_zero_percent(client: Client, db: None) -> None:
    page = read(client, "/")
    assert "Chưa có số liệu." in page
    assert "0,00%" not in page


def test_a_target_page_writes_its_arithmetic_out(client: Client, enter: Enter) -> None:
    enter("K01 20 2026 100\nK02 20 2026 60")
    page = read(client, "/chi-tieu/MT2.CT1/")
    assert "60 ÷ 100 × 100 = 60,00%" in page
    assert "Kế hoạch cần trên 60%; 60,00% mới bằng đúng mức này nên là tiệm cận." in page
    assert "tăng tỷ lệ lao động nữ làm công hưởng lương đạt trên 60% vào năm 2030" in page


def test_a_published_rate_is_called_published(client: Client, enter: Enter) -> None:
    enter("K06 20 2026 60.1")
    page = read(client, "/chi-tieu/MT2.CT1/")
    assert "Tỷ lệ đã công bố: 60,10%" in page
    assert "nên là đạt." in page


def test_silent_communes_leave_the_target_unjudged_and_are_named(client: Client, enter: Enter) -> None:
    communes = sorted(area.code for area in load().area_map(2026).communes)
    answered = communes[2:]
    enter("\n".join(f"T01 {code} 2026 90\nR06 {code} 2026 100" for code in answered))
    page = read(client, "/chi-tieu/MT6.CT1/")
    names = [load().places[code].full_name for code in communes[:2]]
    assert f"Chưa đánh giá vì mới có {65 - 2}/65 xã, phường có số liệu" in page
    assert all(name[:1].upper() + name[1:] in page for name in names)
    assert "90,00%" in page


def test_a_value_is_compared_with_the_year_before(client: Client, enter: Enter) -> None:
    enter("K01 20 2025 200\nK02 20 2025 100\nK01 20 2026 200\nK02 20 2026 103")
    assert "tăng 1,50 điểm % so với năm 2025" in read(client, "/chi-tieu/MT2.CT1/")


def test_a_nil_year_is_neither_met_nor_missed(client: Client, enter: Enter) -> None:
    enter("M04 20 2026 KHONG_PHAT_SINH\nM05 20 2026 KHONG_PHAT_SINH")
    page = read(client, "/chi-tieu/MT3.CT3/")
    assert "Không phát sinh trường hợp nào trong năm" in page


def test_a_corrected_figure_points_to_its_successor_and_keeps_both_versions(
    client: Client, enter: Enter
) -> None:
    enter("K01 20 2026 100\nK02 20 2026 60")
    enter("K02 20 2026 61", source="Thống kê tỉnh, bản đính chính")
    numbers = re.findall(r"/so-lieu/(\d+)/", client.get("/chi-tieu/MT2.CT1/so-lieu/").content.decode())
    current = read(client, f"/so-lieu/{max(map(int, numbers))}/")
    assert "bản đính chính" in current
    old = read(client, f"/so-lieu/{max(map(int, numbers)) - 1}/")
    assert "đã được thay bằng phiên bản 2: 61" in old


def test_figures_of_a_criterion_add_up_to_its_numerator(client: Client, enter: Enter) -> None:
    communes = sorted(area.code for area in load().area_map(2026).communes)
    enter("\n".join(f"T01 {code} 2026 {n}\nR06 {code} 2026 100" for n, code in enumerate(communes, 1)))
    whole = sum(range(1, 66))
    assert f"cộng lại: {whole:,}".replace(",", ".") in read(
        client, "/chi-tieu/MT6.CT1/so-lieu/?thanh-phan=T01"
    )


def test_the_plan_stands_word_for_word_on_its_page(client: Client, db: None) -> None:
    page = client.get("/ke-hoach/").content.decode()
    paper = page[page.index('<article class="paper"') : page.index("</article>")]
    without_ours = re.sub(r'(?s)<ul class="chips">.*?</ul>|<div class="note.*?</div>', "", paper)
    shown = (
        html.unescape(re.sub(r"<(?!/?strong)[^>]+>", " ", without_ours))
        .replace("<strong>", "")
        .replace("</strong>", "")
    )
    assert normal(shown) == normal(load().text)


def test_slips_of_the_plan_are_noted_beside_the_words_that_stay(client: Client, db: None) -> None:
    page = read(client, "/ke-hoach/")
    assert "sử dụng smartpone, AI" in page
    assert "“smartpone” có thể là “smartphone”" in page


@pytest.mark.parametrize(
    "address",
    ["/chi-tieu/MT9.CT9/", "/chi-tieu/MT1.CT1/so-lieu/?tieu-chi=MT2.CT1", "/don-vi/99999/", "/so-lieu/123456789/",
     "/phien-ban-so-lieu/00000000/", "/phien-ban-so-lieu/0/", "/tai-ve/ket-qua-1999.csv", "/khong-co/"],
)  # fmt: skip
def test_an_address_that_names_nothing_says_so_in_vietnamese(client: Client, db: None, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "Không có trang này" in answer.content.decode()


@pytest.mark.parametrize(
    "query", ["?nam=abc", "?nam=1000", "?nam=", "?trang=999999999999", "?trang=-1", "?don-vi=<b>"]
)
def test_a_wish_that_makes_no_sense_shows_the_latest_year(client: Client, enter: Enter, query: str) -> None:
    enter("K01 20 2026 100\nK02 20 2026 60")
    answer = client.get(f"/chi-tieu/MT2.CT1/so-lieu/{query}")
    assert answer.status_code == 200
    assert "năm 2026" in text_of(answer.content.decode())
    assert "don-vi=<b>" not in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    ["/", "/chi-tieu/", "/chi-tieu/MT5.CT2/", "/chi-tieu/MT6.CT2/", "/chi-tieu/MT2.CT1/so-lieu/", "/ke-hoach/",
     "/don-vi/", "/don-vi/05977/", "/so-lieu/1/", "/phien-ban-so-lieu/", "/gioi-thieu/"],
)  # fmt: skip
def test_a_page_asks_the_database_thirty_times_at_most(
    client: Client, enter: Enter, django_assert_max_num_queries: DjangoAssertNumQueries, address: str
) -> None:
    enter("K01 20 2026 100\nK02 20 2026 60\nT01 05977 2026 90\nR06 05977 2026 100")
    client.get("/")  # the first visit after new figures works the results out
    number = re.search(r"/so-lieu/(\d+)/", client.get("/chi-tieu/MT2.CT1/so-lieu/").content.decode())
    assert number
    with django_assert_max_num_queries(30):
        answer = client.get(address.replace("/so-lieu/1/", number.group()))
    assert answer.status_code == 200


def test_nobody_changes_anything_through_a_page(client: Client, db: None) -> None:
    assert client.post("/").status_code == 405
    assert client.delete("/chi-tieu/MT1.CT1/").status_code == 405


def test_results_of_a_year_can_be_taken_away_as_the_contract_writes_them(
    client: Client, enter: Enter
) -> None:
    enter("K01 20 2026 100\nK02 20 2026 60")
    answer = client.get("/tai-ve/ket-qua-2026.csv")
    assert answer["Content-Disposition"] == 'attachment; filename="ket-qua-2026.csv"'
    lines = answer.content.decode().splitlines()
    assert lines[0].startswith("criterion,target,area,period,state,value")
    assert (
        "MT2.CT1,MT2.CT1,20,2026,GIA_TRI,60.000000,PT,60,100,TINH,CHINH_THUC,1,1,,,more_than,60,TIEM_CAN,"
        in lines
    )


def test_figures_that_contradict_one_another_are_named_on_the_page(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = {"criterion": "MT2.CT1", "unit": "20", "numerator": "61", "denominator": "60"}
    problem = Problem(Code.PART, "part.more_than_whole", None, None, data)

    def refuse(*_: object, **__: object) -> None:
        raise Refused([problem])

    monkeypatch.setattr("songhanh.results.queries.shown", refuse)
    response = client.get("/")
    assert response.status_code == 409
    page = response.content.decode()
    assert "Số liệu đang mâu thuẫn nhau" in page
    assert "MT2.CT1, 20: tử số 61 lớn hơn mẫu số 60. Đề nghị kiểm tra hai số này." in page
