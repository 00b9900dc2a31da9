/**
 * Looking at what is there: the tables and what is in them, and a person's own read-only statement. Results are handed
 * on as text, row by row, with what a column's texts stand for.
 */
package io.github.tandemfetch.query;
