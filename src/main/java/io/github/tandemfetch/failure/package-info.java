/** What goes wrong, said the way a person needs it. Imported by every package, imports none. */
package io.github.tandemfetch.failure;
