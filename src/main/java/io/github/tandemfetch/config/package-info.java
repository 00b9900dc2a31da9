/**
 * Settings and credentials: what they are, where each value came from, and where they are kept. Nothing else in the
 * program reads environment variables or the credentials file.
 */
package io.github.tandemfetch.config;
