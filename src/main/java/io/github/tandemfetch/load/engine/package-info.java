/**
 * The storage engine: timestamped events and profiles, streamed into tables of their own beside the pump's, each with a
 * row in {@code _metadata}. The entry point is {@code StorageEngine}.
 */
package io.github.tandemfetch.load.engine;
