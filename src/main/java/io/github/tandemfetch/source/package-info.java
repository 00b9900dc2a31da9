/**
 * Tandem Source as a client sees it: login, token, pumps and pump logs, and every way in which the service is known to
 * fail. Nothing here knows of the database.
 */
package io.github.tandemfetch.source;
