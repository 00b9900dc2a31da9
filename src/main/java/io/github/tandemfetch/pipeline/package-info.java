/**
 * The three stages that bring a pump's history into the database: fetch (raw events as received), parse (names, labels,
 * UTC times), extract (domain tables). Each can run alone, any number of times. Knows no terminal.
 */
package io.github.tandemfetch.pipeline;
