/**
 * The export jobs over HTTP: what may come in, what is asked for, and what is answered. Every error is a {@link
 * io.github.tandemfetch.web.Problem} of RFC 9457, without SQL, path, class name or trace.
 */
package io.github.tandemfetch.web;
