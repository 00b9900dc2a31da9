/** How rows are written: a class for each format. */
package io.github.tandemfetch.query.format;
