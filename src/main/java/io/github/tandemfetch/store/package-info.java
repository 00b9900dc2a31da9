/** The DuckDB file: opening, locking, migrating, copying and replacing it. Knows no table of the pump's. */
package io.github.tandemfetch.store;
