/** Backup and restore of the database. */
package io.github.tandemfetch.store.backup;
