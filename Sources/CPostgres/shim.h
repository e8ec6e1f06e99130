// Typed doors to what Swift cannot read in libpq's header: character macros, and what depends on
// its version. No logic lives here.
#ifndef COLEND_CPOSTGRES_SHIM_H
#define COLEND_CPOSTGRES_SHIM_H

#include <libpq-fe.h>

// The five characters of SQLSTATE; NULL when the failure is libpq's own.
static inline const char *colend_pg_state(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_SQLSTATE);
}

// The one sentence of an error, without the detail that may quote a row.
static inline const char *colend_pg_message(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
}

// Rows come as they arrive: some at a time since libpq 17, before that one at a time.
static inline int colend_pg_stream_rows(PGconn *connection) {
#ifdef LIBPQ_HAS_CHUNK_MODE
    return PQsetChunkedRowsMode(connection, 256);
#else
    return PQsetSingleRowMode(connection);
#endif
}

// Whether a result is a part of the rows, with more to come.
static inline int colend_pg_is_part(ExecStatusType status) {
#ifdef LIBPQ_HAS_CHUNK_MODE
    if (status == PGRES_TUPLES_CHUNK) return 1;
#endif
    return status == PGRES_SINGLE_TUPLE;
}

#endif
