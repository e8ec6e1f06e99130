// Typed doors to SQLite's variadic calls: Swift cannot call those. No logic lives here.
#ifndef COLEND_CSQLITE_SHIM_H
#define COLEND_CSQLITE_SHIM_H

#include <sqlite3.h>

static inline int colend_sqlite_count_memory(int counts) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, counts);
}

#endif
