/**
 * What the pump says and means: the catalogue of its events, its clock, its glucose readings. Knows neither HTTP nor
 * SQL.
 */
package io.github.tandemfetch.pump;
