/**
 * The command line: each command parses, calls one service and renders. The only package that may use all others, and
 * that knows a terminal.
 */
package io.github.tandemfetch.cli;
