/** The output formats for rows, one class each. */
package io.github.tandemfetch.query.format;
