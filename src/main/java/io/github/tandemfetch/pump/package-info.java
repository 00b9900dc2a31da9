/** The catalog of the pump's events and their decoding. Knows neither HTTP nor SQL. */
package io.github.tandemfetch.pump;
