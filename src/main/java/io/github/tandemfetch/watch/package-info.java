/**
 * Syncs again and again: when the next cycle is due, what becomes of one that failed, how it all ends. Knows no terminal
 * and starts no thread of its own.
 */
package io.github.tandemfetch.watch;
