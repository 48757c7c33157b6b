"""Triggers that keep the register append-only, in the words of each database.

They refuse UPDATE, DELETE and (PostgreSQL) TRUNCATE on both tables, and an INSERT that would break the log: an id
below one that is there, a correction that names a row of another key or of another version, and SQLite's
`INSERT OR REPLACE`, which deletes without asking the triggers for DELETE.
"""

from __future__ import annotations

OBSERVATION = "observations_observation"
BATCH = "observations_batch"
KEY = ("element", "area", "org", "period", "sex", "age", "ethnicity", "kind")

APPEND_ONLY = "the register is append-only"
OUT_OF_ORDER = "an observation must come after all that are there"
NOT_ITS_PAST = "a correction must name the last row of its own figure"

_SAME_KEY = " AND ".join(f"past.{name} = NEW.{name}" for name in KEY)
_PAST = (
    f"SELECT 1 FROM {OBSERVATION} past WHERE past.id = NEW.replaces_id AND {_SAME_KEY}"
    " AND past.version + 1 = NEW.version"
)
_FIRST = f"SELECT 1 FROM {OBSERVATION} past WHERE {_SAME_KEY} AND past.replaces_id IS NULL"


def _sqlite() -> list[str]:
    refuse = [
        f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table}"
        f" BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END"
        for table in (OBSERVATION, BATCH)
        for act in ("UPDATE", "DELETE")
    ]
    order = (
        f"CREATE TRIGGER {OBSERVATION}_in_order BEFORE INSERT ON {OBSERVATION} BEGIN"
        f" SELECT RAISE(ABORT, '{APPEND_ONLY}') WHERE EXISTS"
        f" (SELECT 1 FROM {OBSERVATION} past WHERE past.id = NEW.id);"
        f" SELECT RAISE(ABORT, '{APPEND_ONLY}') WHERE NEW.replaces_id IS NULL AND EXISTS ({_FIRST});"
        f" SELECT RAISE(ABORT, '{APPEND_ONLY}') WHERE NEW.replaces_id IS NOT NULL AND EXISTS"
        f" (SELECT 1 FROM {OBSERVATION} past WHERE past.replaces_id = NEW.replaces_id);"
        f" SELECT RAISE(ABORT, '{NOT_ITS_PAST}') WHERE NEW.replaces_id IS NOT NULL AND NOT EXISTS ({_PAST});"
        " END"
    )
    after = (
        f"CREATE TRIGGER {OBSERVATION}_at_the_end AFTER INSERT ON {OBSERVATION} BEGIN"
        f" SELECT RAISE(ABORT, '{OUT_OF_ORDER}') WHERE EXISTS"
        f" (SELECT 1 FROM {OBSERVATION} other WHERE other.id > NEW.id); END"
    )
    batch = (
        f"CREATE TRIGGER {BATCH}_in_order BEFORE INSERT ON {BATCH} BEGIN"
        f" SELECT RAISE(ABORT, '{APPEND_ONLY}') WHERE EXISTS"
        f" (SELECT 1 FROM {BATCH} past WHERE past.id = NEW.id); END"
    )
    return [*refuse, order, after, batch]


def _postgresql() -> list[str]:
    refuse_all = (
        "CREATE FUNCTION observations_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" RAISE EXCEPTION '{APPEND_ONLY}' USING ERRCODE = 'restrict_violation'; END $$"
    )
    check_order = (
        "CREATE FUNCTION observations_check_order() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF EXISTS (SELECT 1 FROM {OBSERVATION} other WHERE other.id > NEW.id) THEN"
        f" RAISE EXCEPTION '{OUT_OF_ORDER}' USING ERRCODE = 'restrict_violation'; END IF;"
        f" IF NEW.replaces_id IS NOT NULL AND NOT EXISTS ({_PAST}) THEN"
        f" RAISE EXCEPTION '{NOT_ITS_PAST}' USING ERRCODE = 'restrict_violation'; END IF;"
        " RETURN NEW; END $$"
    )
    refuse = [
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION observations_refuse()"
        for table in (OBSERVATION, BATCH)
    ]
    order = (
        f"CREATE TRIGGER {OBSERVATION}_in_order BEFORE INSERT ON {OBSERVATION}"
        " FOR EACH ROW EXECUTE FUNCTION observations_check_order()"
    )
    return [refuse_all, check_order, *refuse, order]


def statements(vendor: str) -> list[str]:
    """Return the SQL that puts the triggers in place. Raises: KeyError for a database we do not run on."""
    return {"sqlite": _sqlite, "postgresql": _postgresql}[vendor]()


def removal(vendor: str) -> list[str]:
    """Return the SQL that takes the triggers away again; for migrations backwards only."""
    if vendor == "postgresql":
        return [
            f"DROP TRIGGER {OBSERVATION}_in_order ON {OBSERVATION}",
            *(f"DROP TRIGGER {table}_append_only ON {table}" for table in (OBSERVATION, BATCH)),
            "DROP FUNCTION observations_check_order()",
            "DROP FUNCTION observations_refuse()",
        ]
    names = [f"{table}_no_{act}" for table in (OBSERVATION, BATCH) for act in ("update", "delete")]
    names += [f"{OBSERVATION}_in_order", f"{OBSERVATION}_at_the_end", f"{BATCH}_in_order"]
    return [f"DROP TRIGGER {name}" for name in names]
