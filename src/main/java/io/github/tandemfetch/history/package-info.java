/**
 * The stored history as the service sent it: raw events and parsed events, how far each pump has been fetched, gaps in
 * the log, and events that could not be stored or contradict others.
 */
package io.github.tandemfetch.history;
