/** How rows are written: a class for each format. */
package io.github.tandemfetch.cli.format;
