/** The whole job against the simulated service, for a first run without an account. */
package io.github.tandemfetch.demo;
