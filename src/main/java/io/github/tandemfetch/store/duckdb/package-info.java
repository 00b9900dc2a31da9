/** The native library of the DuckDB engine: where it is found, unpacked, checked and kept. */
package io.github.tandemfetch.store.duckdb;
