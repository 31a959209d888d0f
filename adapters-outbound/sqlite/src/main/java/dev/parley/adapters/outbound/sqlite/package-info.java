/** The SQLite backend: one database file on one machine, shared by any number of processes. */
@NullMarked
package dev.parley.adapters.outbound.sqlite;

import org.jspecify.annotations.NullMarked;
