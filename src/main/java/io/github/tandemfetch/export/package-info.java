/**
 * Tables to Parquet, CSV, JSON or JSON Lines files: each file is whole and has its final name, or is not there. Knows
 * neither the terminal nor HTTP; asks nobody anything.
 */
package io.github.tandemfetch.export;
