"""One small form."""

import pytest

from exports import workbook
from exports.forms import COLUMNS, Asks, Marker
from exports.workbook import Question, Texts

MARKER = Marker("quan-1", 2026, figure=5, status=6)
TEXTS = Texts(
    title="Quận 1 – báo cáo năm 2026",
    lead="Chỉ nhập vào các ô màu vàng.",
    sheet="Số liệu",
    headings=COLUMNS,
    guide_sheet="Hướng dẫn",
    guide=["1. Nhập số.", "2. Gửi lại."],
    no_figure=["Chưa có số liệu", "Không có đối tượng"],
    statuses=["Hoàn thành", "Có khó khăn, vướng mắc"],
    only_whole="Nhập số nguyên.",
    only_listed="Chọn trong danh sách.",
)
QUESTIONS = [
    Question("TV1.2", "Thư viện", "Số đạt", "Tổng số", "12/15", "", Asks.SHARE),
    Question("TV3", "Lượt", "Số lượt", "", "", "=1+1", Asks.VISITS),
    Question("IV.10.a", "Nhiệm vụ", "", "", "", "@SUM(1)", Asks.STATUS),
]


@pytest.fixture(scope="session")
def form() -> bytes:
    return workbook.write(TEXTS, QUESTIONS, MARKER)
