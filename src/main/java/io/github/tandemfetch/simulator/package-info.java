/**
 * A Tandem Source on loopback: a real HTTP server that speaks the service's protocol strictly, with generated histories
 * whose true times are known and with scripted faults. The demo, the tests, the benchmark and other clients use the same
 * one. It does not depend on this project's client.
 */
package io.github.tandemfetch.simulator;
