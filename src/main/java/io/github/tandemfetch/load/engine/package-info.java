/**
 * The storage engine: timestamped events and profiles, streamed into tables of their own beside the pump's, each with a
 * line in {@code _metadata}. Its door is {@code StorageEngine}.
 */
package io.github.tandemfetch.load.engine;
