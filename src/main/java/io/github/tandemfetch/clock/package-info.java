/**
 * The pump's wall clock and true time: the algorithm that finds UTC offsets from a pump's log, the tables that keep
 * them, and the retiming of rows when later events show a clock change.
 */
package io.github.tandemfetch.clock;
