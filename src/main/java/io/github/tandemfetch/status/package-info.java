/** What a database holds and how fresh it is. */
package io.github.tandemfetch.status;
