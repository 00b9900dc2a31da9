/** Copies of the whole database, and their way back. */
package io.github.tandemfetch.store.backup;
