"""What the database itself refuses, whoever asks: any change of what is append-only.

The one thing that may be taken away from the history is what a fact says (`payload`, and the `salt` of its digest), by
a fact `redacted` that names the row. Writing that fact is what takes it away: a trigger does, in the same statement, so
there is no transaction that has the one without the other. The fact must be of the same client, with nothing but other
redactions after it, and no redaction can itself be redacted.
"""

from __future__ import annotations

_SAME = {  # on SQLite INSERT OR REPLACE deletes the row whose place it takes without asking the DELETE trigger
    "history": "rowid = NEW.rowid OR (team = NEW.team AND seq = NEW.seq)",
    "access_log": "id = NEW.id",
    "checkpoint": "rowid = NEW.rowid OR (team = NEW.team AND seq = NEW.seq)",
}
_KEPT = ("team", "seq", "at", "actor", "kind", "version", "client", "placement", "digest", "previous", "hash")
_NEWEST = (
    "r.team = OLD.team AND NOT EXISTS "
    "(SELECT 1 FROM history AS later WHERE later.team = r.team AND later.seq > r.seq AND later.kind <> 'redacted')"
)
_OF_IT = "r.kind = 'redacted' AND r.client = OLD.client AND OLD.kind <> 'redacted'"
SHORTENED = "access_log_shortened"
_AWAY = "UPDATE history SET payload = NULL, salt = NULL WHERE team = NEW.team AND client = NEW.client AND seq IN"


def refusal(dialect: str) -> list[str]:
    """What the triggers of `append_only` call, once a database."""
    if dialect == "sqlite":
        return []
    return [
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    ]


def append_only(dialect: str, *names: str) -> list[str]:
    """The statements that make the engine refuse UPDATE and DELETE on these tables."""
    if dialect != "sqlite":
        return [
            f"CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            for table in names
        ]
    refused = {"update": "", "delete": "", "insert": " WHEN EXISTS (SELECT 1 FROM {0} WHERE {1})"}
    return [
        f"CREATE TRIGGER {table}_refuses_{verb} BEFORE {verb.upper()} ON {table}{when.format(table, _SAME[table])} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for table in names
        for verb, when in refused.items()
    ]


def redaction(dialect: str) -> list[str]:
    """The statements that put, in place of the history's refusal of any UPDATE, one that lets a redaction through."""
    return _redaction_on_sqlite() if dialect == "sqlite" else _redaction_on_postgresql()


def _redaction_on_sqlite() -> list[str]:
    same = " AND ".join(f"NEW.{column} IS OLD.{column}" for column in ("rowid", *_KEPT))
    named = f"SELECT 1 FROM history AS r, json_each(r.payload, '$.rows') AS one WHERE {_NEWEST} AND {_OF_IT}"
    return [
        "DROP TRIGGER history_refuses_update",
        "CREATE TRIGGER history_refuses_update BEFORE UPDATE ON history WHEN NOT (NEW.payload IS NULL AND NEW.salt "
        f"IS NULL AND {same} AND EXISTS ({named} AND one.value = OLD.seq)) "
        "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END",
        "CREATE TRIGGER history_redacts AFTER INSERT ON history WHEN NEW.kind = 'redacted' "
        f"BEGIN {_AWAY} (SELECT value FROM json_each(NEW.payload, '$.rows')); END",
    ]


def _redaction_on_postgresql() -> list[str]:
    new, old = (", ".join(f"{row}.{column}" for column in _KEPT) for row in ("NEW", "OLD"))
    named = f"SELECT 1 FROM history AS r WHERE {_NEWEST} AND {_OF_IT}"
    return [
        "DROP TRIGGER history_refuses_change ON history",
        "CREATE TRIGGER history_refuses_change BEFORE DELETE OR TRUNCATE ON history "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
        "CREATE FUNCTION refuse_all_but_redaction() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF NEW.payload IS NULL AND NEW.salt IS NULL AND ({new}) IS NOT DISTINCT FROM ({old}) "
        f"AND EXISTS ({named} AND r.payload::jsonb -> 'rows' @> to_jsonb(OLD.seq)) "
        "THEN RETURN NEW; END IF; RAISE EXCEPTION 'history is append-only'; END $$",
        "CREATE TRIGGER history_refuses_update BEFORE UPDATE ON history "
        "FOR EACH ROW EXECUTE FUNCTION refuse_all_but_redaction()",
        "CREATE FUNCTION redact() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"{_AWAY} (SELECT value::integer FROM jsonb_array_elements_text(NEW.payload::jsonb -> 'rows')); "
        "RETURN NULL; END $$",
        "CREATE TRIGGER history_redacts AFTER INSERT ON history FOR EACH ROW WHEN (NEW.kind = 'redacted') "
        "EXECUTE FUNCTION redact()",
    ]


def shortening(dialect: str) -> list[str]:
    """The statements that put, in place of the access log's refusal of any DELETE, one that lets a fact through."""
    if dialect == "sqlite":
        before, held = (
            "substr(json_extract({0}.payload, '$.before'), 1, 19)",
            "SELECT value FROM json_each({0}.payload, '$.held_back')",
        )
    else:
        before, held = (
            "left({0}.payload::jsonb ->> 'before', 19)",
            "SELECT jsonb_array_elements_text({0}.payload::jsonb -> 'held_back')",
        )
    covered = "{1}at < " + before + " AND ({1}client IS NULL OR {1}client NOT IN (" + held + "))"
    open_ = "r.seq > (SELECT seq FROM stream WHERE team = OLD.team)"
    fact = f"SELECT 1 FROM history AS r WHERE r.team = OLD.team AND {open_} AND r.kind = '{SHORTENED}'"
    named = f"EXISTS ({fact} AND {covered.format('r', 'OLD.')})"
    away = f"DELETE FROM access_log WHERE team = NEW.team AND {covered.format('NEW', '')};"
    if dialect == "sqlite":
        return [
            "DROP TRIGGER access_log_refuses_delete",
            f"CREATE TRIGGER access_log_refuses_delete BEFORE DELETE ON access_log WHEN NOT {named} "
            "BEGIN SELECT RAISE(ABORT, 'access_log is append-only'); END",
            f"CREATE TRIGGER history_shortens AFTER INSERT ON history WHEN NEW.kind = '{SHORTENED}' BEGIN {away} END",
        ]
    return [
        "DROP TRIGGER access_log_refuses_change ON access_log",
        "CREATE TRIGGER access_log_refuses_change BEFORE UPDATE OR TRUNCATE ON access_log "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
        f"CREATE FUNCTION refuse_all_but_shortening() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {named} "
        "THEN RETURN OLD; END IF; RAISE EXCEPTION 'access_log is append-only'; END $$",
        "CREATE TRIGGER access_log_refuses_delete BEFORE DELETE ON access_log "
        "FOR EACH ROW EXECUTE FUNCTION refuse_all_but_shortening()",
        f"CREATE FUNCTION shorten_access_log() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {away} RETURN NULL; END $$",
        f"CREATE TRIGGER history_shortens AFTER INSERT ON history FOR EACH ROW WHEN (NEW.kind = '{SHORTENED}') "
        "EXECUTE FUNCTION shorten_access_log()",
    ]
