/** Completion scripts: what the command line offers, read from picocli's model, in the words of each shell. */
package io.github.tandemfetch.cli.completion;
