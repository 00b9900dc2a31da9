/**
 * A Tandem Source on loopback: a real HTTP server that speaks the service's protocol strictly, with generated histories
 * whose truth is known and faults that can be switched on. The demo, the tests, the benchmark and anybody who writes
 * another client use the same one. It knows nothing of this project's own client.
 */
package io.github.tandemfetch.simulator;
