/** The native library of the DuckDB engine: finding, extracting, verifying and caching it. */
package io.github.tandemfetch.store.duckdb;
