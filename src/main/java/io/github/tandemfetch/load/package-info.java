/** Reads events and profiles from JSON Lines, JSON and CSV, and hands them to the storage engine. */
package io.github.tandemfetch.load;
