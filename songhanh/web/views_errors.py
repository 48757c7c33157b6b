"""Pages for what went wrong: what happened, and what to do."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from logging import getLogger

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from songhanh.core.problems import Refused
from songhanh.web.messages import say

LOG = getLogger(__name__)


def _page(
    request: HttpRequest, status: int, title: str, message: str, details: Sequence[str] = ()
) -> HttpResponse:
    """Return the plain page of an error; it needs no database, so that it works when the database does not."""
    text = render_to_string("error.html", {"title": title, "message": message, "details": details}, request)
    return HttpResponse(text, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the page for an address or a form that cannot be read."""
    return _page(
        request,
        400,
        "Không đọc được yêu cầu",
        "Địa chỉ hoặc nội dung gửi lên không đúng cách viết. Anh/chị có thể quay lại trang trước và chọn lại.",
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the page for what may not be seen."""
    return _page(
        request,
        403,
        "Chưa được xem trang này",
        "Anh/chị chưa được phân quyền xem trang này. Đề nghị liên hệ Sở Nội vụ để được phân quyền.",
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the page for an address that does not exist."""
    return _page(
        request,
        404,
        "Không có trang này",
        "Có thể mã chỉ tiêu, mã đơn vị hoặc số thứ tự đã ghi chưa đúng. Anh/chị có thể tìm lại từ các trang dưới đây.",
    )


SHOWN = 20
"""How many contradictions a page lists."""


def contradiction(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Return the page for figures in the register that contradict one another, so that a year has no results."""
    sentences = list(dict.fromkeys(say(problem) for problem in refusal.problems))
    return _page(
        request,
        409,
        "Số liệu đang mâu thuẫn nhau",
        "Chưa tính được kết quả của năm này vì một số số liệu đã nhận mâu thuẫn nhau. Đề nghị nhập số đã đính chính "
        "cho những chỗ dưới đây; kết quả sẽ được tính lại ngay.",
        sentences[:SHOWN],
    )


def broken(request: HttpRequest) -> HttpResponse:
    """Return the page for our own failure, with a code that stands in the log."""
    code = f"L-{secrets.token_hex(2).upper()}"
    LOG.error("a page failed", extra={"event": "page_failed", "code": code})
    return _page(
        request,
        500,
        "Hệ thống gặp lỗi",
        f"Lỗi đã được ghi lại (mã {code}). Số liệu đã lưu không bị ảnh hưởng. Anh/chị có thể thử lại sau ít phút; "
        "nếu vẫn lỗi, đề nghị báo mã này cho quản trị.",
    )
