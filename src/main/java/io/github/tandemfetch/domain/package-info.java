/** The domain tables: how each is declared, extracted from events, compared and retimed. */
package io.github.tandemfetch.domain;
