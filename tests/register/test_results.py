"""Results follow the register by themselves, and every number leads back to the rows behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from songhanh.observations import queries as register
from songhanh.plan import Edition
from songhanh.results import queries, services
from songhanh.results.models import Result, Run

from .conftest import Send
from .files import PROV, WHOLE_PLAN_OF_LABOUR, A, B, C, figures


def value(edition: Edition, criterion: str, year: int = 2026, area: str = PROV) -> tuple[str, str]:
    shown = queries.shown(year, edition=edition)
    (row,) = [r for r in shown.rows if (r.criterion, r.area, r.period) == (criterion, area, str(year))]
    return row.state, row.value


def test_a_year_without_figures_says_of_everything_that_nothing_is_known(db: None, edition: Edition) -> None:
    shown = queries.shown(2026, edition=edition)
    assert {row.state for row in shown.rows} == {"CHUA_CO_SO_LIEU"}
    assert len([row for row in shown.rows if row.area == PROV and row.period == "2026"]) == len(
        edition.criteria
    )
    assert (shown.years, dict(shown.series), shown.illustrative, shown.mark) == ((), {}, False, 0)


def test_a_page_shows_what_was_imported_just_now(send: Send, edition: Edition) -> None:
    send(WHOLE_PLAN_OF_LABOUR)
    assert value(edition, "MT2.CT1") == ("GIA_TRI", "61.000000")
    assert value(edition, "MT3.CT1") == ("GIA_TRI", "1.802326")
    send(figures(f"K02 {PROV} . 2026 . 600"))
    assert value(edition, "MT2.CT1") == ("GIA_TRI", "60.000000")


def test_one_silent_commune_leaves_the_target_undetermined(send: Send, edition: Edition) -> None:
    communes = [commune.code for commune in edition.area_map(2026).communes if commune.code != C]
    send(figures("\n".join(f"T01 {code} . 2026 . 5\nR06 {code} . 2026 . 6" for code in communes)))
    (row,) = [
        r for r in queries.shown(2026, edition=edition).rows if (r.criterion, r.area) == ("MT6.CT1", PROV)
    ]
    assert (row.value, row.have, row.need, row.silent, row.evaluation) == (
        "83.333333", "64", "65", C, "CHUA_CO_SO_LIEU",
    )  # fmt: skip
    assert value(edition, "MT6.CT1", area=A) == ("GIA_TRI", "83.333333")
    assert value(edition, "MT6.CT1", area=C) == ("CHUA_CO_SO_LIEU", "")


def test_the_series_has_every_year_between_the_first_and_the_last(send: Send, edition: Edition) -> None:
    send(figures(f"K01 {PROV} . 2023 . 100\nK02 {PROV} . 2023 . 50\nK01 {PROV} . 2026 . 100"))
    shown = queries.shown(2026, edition=edition)
    assert shown.years == (2023, 2024, 2025, 2026)
    assert [(r.period, r.value) for r in shown.series["MT2.CT1"]] == [
        ("2023", "50.000000"), ("2024", ""), ("2025", ""), ("2026", ""),
    ]  # fmt: skip


def test_only_years_that_are_touched_are_computed_again(send: Send, edition: Edition) -> None:
    send(figures(f"K01 {PROV} . 2022 . 100\nK01 {PROV} . 2023 . 100\nK01 {PROV} . 2026 . 100"))
    assert services.refresh(edition=edition, by="Mai") == (2022, 2023, 2024, 2025, 2026)
    assert services.refresh(edition=edition, by="Mai") == ()
    send(figures(f"K02 {PROV} . 2023 . 40"))
    assert services.refresh(edition=edition, by="Mai") == (
        2023,
        2026,
    )  # in years of the plan it also counts what is owed


def test_entrants_of_earlier_years_touch_the_year_that_reads_them(send: Send, edition: Edition) -> None:
    send(figures(f"K01 {PROV} . 2024 . 1\nG07 {PROV} . 2023-09-01/P1Y M 95"))
    assert value(edition, "MT5.CT2a", 2024) == ("CHUA_CO_SO_LIEU", "")
    send(figures(f"G06 {PROV} . 2019-09-01/P1Y M 100"))
    assert value(edition, "MT5.CT2a", 2024) == ("GIA_TRI", "95.000000")
    assert queries.shown(2024, edition=edition).years == (2024,)


def test_a_crash_between_recording_and_computing_heals_itself(
    send: Send, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(WHOLE_PLAN_OF_LABOUR)
    services.refresh(edition=edition, by="Mai")
    send(figures(f"K02 {PROV} . 2026 . 600"))

    def crash(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(services, "_keep", crash)
        with pytest.raises(KeyboardInterrupt):
            services.refresh(edition=edition, by="Mai")
    assert value(edition, "MT2.CT1") == ("GIA_TRI", "60.000000")


def test_another_edition_or_another_code_computes_everything_anew(
    send: Send, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(WHOLE_PLAN_OF_LABOUR)
    assert services.refresh(edition=edition, by="Mai") == (2026,)
    monkeypatch.setattr(services, "__version__", "9.9.9")
    assert services.refresh(edition=edition, by="Mai") == (2026,)
    assert Run.objects.order_by("-id")[0].code_version == "9.9.9"


def test_old_runs_make_room(send: Send, edition: Edition) -> None:
    for amount in range(600, 606):
        send(figures(f"K01 {PROV} . 2026 . 1000\nK02 {PROV} . 2026 . {amount}"))
        services.refresh(edition=edition, by="Mai")
    assert Run.objects.count() == services.KEPT_RUNS
    assert Result.objects.values("run").distinct().count() == services.KEPT_RUNS


def test_a_page_asks_the_database_the_same_few_times_however_many_years_there_are(
    send: Send, edition: Edition
) -> None:
    def count(read: Callable[[], Any]) -> int:
        read()
        with CaptureQueriesContext(
            connection,
        ) as captured:
            read()
        return len(captured)

    send(WHOLE_PLAN_OF_LABOUR)
    one = count(lambda: queries.shown(2026, edition=edition))
    send(figures("\n".join(f"K01 {PROV} . {year} . 5" for year in range(2018, 2026))))
    many = count(lambda: queries.shown(2026, edition=edition))
    assert one == many <= 8
    assert count(lambda: queries.lineage("MT2.CT1", 2026, edition=edition)) <= 4


def test_a_number_opens_to_the_rows_behind_it_and_the_gaps_beside_them(send: Send, edition: Edition) -> None:
    send(
        figures(f"T01 {A} . 2026 F 2\nT01 {A} . 2026 M 3\nR06 {A} . 2026 . 6", x_reporter="UBND"),
        source="biểu xã",
    )
    behind = queries.lineage("MT6.CT1", 2026, edition=edition)
    told = [s for s in behind if s.entry]
    assert [(s.figure.element, s.figure.area, s.figure.sex, str(s.figure.value)) for s in told] == [
        ("T01", A, "F", "2"), ("T01", A, "M", "3"), ("R06", A, "_T", "6"),
    ]  # fmt: skip
    assert {(s.entry.source, s.entry.reporter, s.batch.by) for s in told if s.entry and s.batch} == {
        ("biểu xã", "UBND", "Lan")
    }
    gaps = [s.figure for s in behind if s.entry is None]
    assert len(gaps) == 2 * 64
    assert {gap.state.value for gap in gaps} == {"CHUA_CO_SO_LIEU"}
    assert queries.lineage("MT6.CT1", 2026, edition=edition, area=A) == tuple(told)
    assert {s.figure.element for s in queries.lineage("MT6.CT1", 2026, edition=edition, area=B)} == {
        "T01",
        "R06",
    }


def test_the_rows_behind_a_number_can_be_read_as_they_stood(send: Send, edition: Edition) -> None:
    mark = send(WHOLE_PLAN_OF_LABOUR).mark
    send(figures(f"K02 {PROV} . 2026 . 600"))
    then, now = (
        [str(s.figure.value) for s in queries.lineage("MT2.CT1", 2026, edition=edition, mark=m) if s.entry]
        for m in (mark, None)
    )
    assert (then, now) == (["610", "1000"], ["600", "1000"])


def test_a_row_opens_with_every_version_of_its_figure(send: Send) -> None:
    send(WHOLE_PLAN_OF_LABOUR)
    send(figures(f"K02 {PROV} . 2026 . 600"), source="đính chính")
    newest = register.mark()
    versions = queries.observation(newest)
    assert [(str(s.figure.value), s.batch.source) for s in versions if s.batch] == [
        ("600", "đính chính"), ("610", "Sổ của Lan"),
    ]  # fmt: skip
    assert versions[0].entry is not None
    assert versions[0].entry.id == newest
    assert queries.observation(newest + 1) == ()


def test_only_results_that_rest_on_invented_figures_are_marked(send: Send, edition: Edition) -> None:
    send(figures(f"K01 {PROV} . 2026 . 1000"), source="SỐ LIỆU MINH HỌA – bịa")
    assert queries.shown(2026, edition=edition).illustrative
    send(figures(f"K01 {PROV} . 2026 . 1001"), source="Niên giám thống kê")
    assert not queries.shown(2026, edition=edition).illustrative


def test_a_mistyped_year_does_not_bring_a_century_of_empty_ones(send: Send, edition: Edition) -> None:
    send(figures(f"K01 {PROV} . 2024 . 1\nK01 {PROV} . 2026 . 1\nK01 {PROV} . 2206 . 1"))
    assert queries.shown(2026, edition=edition).years == (2024, 2025, 2026, 2206)
