/** What the pump says: the catalog of its events and their decoding. Knows neither HTTP nor SQL. */
package io.github.tandemfetch.pump;
