/** The DuckDB file: opening, locking, migrating, copying and replacing it. Independent of the tables in it. */
package io.github.tandemfetch.store;
