/**
 * Inspection of tables, and users' read-only queries. Results are passed on as text, row by row, with the kind of each
 * column.
 */
package io.github.tandemfetch.query;
