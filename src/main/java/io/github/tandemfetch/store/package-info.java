/**
 * The DuckDB file: opening, locking, migrating, and the tables in it. The SQL of a table lives in the class that owns
 * the table. Knows neither HTTP nor what a pump's JSON means.
 */
package io.github.tandemfetch.store;
