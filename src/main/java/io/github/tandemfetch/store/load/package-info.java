/** Reads events and profiles from JSON Lines and hands them to the storage engine. */
package io.github.tandemfetch.store.load;
