"""Nothing that was recorded can be changed or removed, by whatever road."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from songhanh.observations import queries, triggers
from songhanh.observations.models import Batch, Observation

from .conftest import Send
from .files import PROV, figures

FIGURE = figures(f"K01 {PROV} . 2026 . 1000")
CORRECTED = figures(f"K01 {PROV} . 2026 . 1010")


def refused(sql: str, words: str = triggers.APPEND_ONLY) -> None:
    with pytest.raises(DatabaseError, match=words), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("table", [triggers.OBSERVATION, triggers.BATCH])
def test_raw_sql_can_neither_change_nor_remove_a_row(send: Send, table: str) -> None:
    send(FIGURE)
    column = "state" if table == triggers.OBSERVATION else "source"
    refused(f"UPDATE {table} SET {column} = 'x'")
    refused(f"UPDATE {table} SET {column} = {column} WHERE id = (SELECT min(id) FROM {table})")
    refused(f"DELETE FROM {table}")
    if connection.vendor == "postgresql":
        connection.check_constraints()  # a table with pending foreign keys cannot be truncated by anybody
        refused(f"TRUNCATE {triggers.OBSERVATION}, {triggers.BATCH} CASCADE")


def test_the_object_layer_can_neither(send: Send) -> None:
    send(FIGURE)
    row = Observation.objects.get()
    row.whole = 7
    for act in (row.save, row.delete, Observation.objects.all().delete, Batch.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert Observation.objects.get().whole == 1000


def copy_of_a_row(**changes: str) -> str:
    """Return an INSERT of the newest row once more, with some columns given anew."""
    names = [str(f.column) for f in Observation._meta.concrete_fields if f.column != "id"]
    if "id" in changes:
        names.append("id")
    values = ", ".join(changes.get(name, name) for name in names)
    return (
        f"INTO {triggers.OBSERVATION} ({', '.join(names)}) SELECT {values} FROM {triggers.OBSERVATION}"
        f" WHERE id = (SELECT max(id) FROM {triggers.OBSERVATION})"
    )


def test_a_figure_cannot_be_entered_a_second_time_beside_the_first(send: Send) -> None:
    send(FIGURE)
    refused("INSERT " + copy_of_a_row(whole="5"), "append-only|observation_one_first_row_per_key")


def test_a_row_cannot_be_corrected_twice(send: Send) -> None:
    send(FIGURE)
    send(CORRECTED)
    refused("INSERT " + copy_of_a_row(whole="5"), "append-only|observation_replaced_once")


def test_a_correction_cannot_name_a_row_of_another_figure_or_skip_a_version(send: Send) -> None:
    send(FIGURE)
    last = f"(SELECT max(id) FROM {triggers.OBSERVATION})"
    refused("INSERT " + copy_of_a_row(replaces_id=last, version="2", area="'05977'"), triggers.NOT_ITS_PAST)
    refused("INSERT " + copy_of_a_row(replaces_id=last, version="3"), triggers.NOT_ITS_PAST)
    refused("INSERT " + copy_of_a_row(replaces_id=last, version="1"), triggers.NOT_ITS_PAST)


def test_a_row_cannot_slip_in_before_others(send: Send) -> None:
    send(figures(f"K01 {PROV} . 2026 . 1000\nK02 {PROV} . 2026 . 600"))
    earlier = f"(SELECT min(id) - 1 FROM {triggers.OBSERVATION})"
    refused("INSERT " + copy_of_a_row(id=earlier, period="'2025'"), triggers.OUT_OF_ORDER)


def test_sqlite_cannot_be_told_to_replace(send: Send) -> None:
    send(FIGURE)
    if connection.vendor == "sqlite":
        last = f"(SELECT max(id) FROM {triggers.OBSERVATION})"
        refused("INSERT OR REPLACE " + copy_of_a_row(whole="5"))
        refused("INSERT OR REPLACE " + copy_of_a_row(id=last, period="'2025'"))
        send(CORRECTED)
        refused("INSERT OR REPLACE " + copy_of_a_row(whole="5"))
        refused(f"INSERT OR REPLACE INTO {triggers.BATCH} SELECT * FROM {triggers.BATCH}")
    assert len(queries.current()) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"whole": "NULL"},
        {"micro": "NULL"},
        {"state": "'KHONG_PHAT_SINH'"},
        {"state": "'KHONG_RO'"},
        {"whole": "-1"},
        {"micro": "1000000"},
        {"status": "'CHAC'"},
        {"version": "0"},
    ],
)
def test_the_database_refuses_a_row_that_contradicts_itself(send: Send, changes: dict[str, str]) -> None:
    send(FIGURE)
    refused("INSERT " + copy_of_a_row(period="'2025'", **changes), "(?i)check constraint")


def test_a_correction_is_a_new_row_that_names_the_old_one(send: Send) -> None:
    first = send(FIGURE)
    second = send(CORRECTED, source="Công văn đính chính")
    assert (first.new, first.corrected, second.new, second.corrected) == (1, 0, 0, 1)
    newest, oldest = queries.history(("K01", PROV, "", "2026", "_T", "_T", "_T", "_T"))
    assert newest.replaces == oldest.id
    assert (newest.version, oldest.version) == (2, 1)
    assert (str(newest.figure.value), str(oldest.figure.value)) == ("1010", "1000")
    assert (newest.source, oldest.source) == ("Công văn đính chính", "Sổ của Lan")
    assert [entry.id for entry in queries.current()] == [newest.id]
    assert newest.id == second.mark > oldest.id == first.mark


def test_a_figure_can_be_withdrawn_and_the_withdrawal_is_a_version(send: Send) -> None:
    send(FIGURE)
    send(figures(f"K01 {PROV} . 2026 . ?"))
    (entry,) = queries.current()
    assert (entry.figure.state.value, entry.figure.value, entry.version) == ("CHUA_CO_SO_LIEU", None, 2)


def test_the_register_reads_as_it_stood_at_a_mark_and_at_a_moment(send: Send) -> None:
    before = send(FIGURE, at="2026-03-01T08:00:00+07:00")
    after = send(CORRECTED, at="2026-05-01T08:00:00+07:00")

    def value(mark: int) -> list[str]:
        return [str(entry.figure.value) for entry in queries.current(mark=mark)]

    def at(moment: str) -> int:
        from datetime import datetime

        return queries.mark_at(datetime.fromisoformat(moment))

    assert value(before.mark) == ["1000"]
    assert value(after.mark) == ["1010"]
    assert value(0) == []
    assert at("2026-02-28T00:00:00+07:00") == 0
    assert at("2026-03-01T08:00:00+07:00") == before.mark
    assert at("2026-04-30T23:59:59+07:00") == before.mark
    assert at("2026-05-01T01:00:00+00:00") == after.mark
    assert [e.version for e in queries.history(queries.current()[0].figure.key, mark=before.mark)] == [1]


def test_every_table_of_the_register_still_has_its_triggers_after_all_migrations(db: None) -> None:
    names = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(names)
        found = {name for (name,) in cursor.fetchall()}
    expected = {
        statement.split()[2]
        for statement in triggers.statements(connection.vendor)
        if " TRIGGER " in statement
    }
    assert expected <= found
