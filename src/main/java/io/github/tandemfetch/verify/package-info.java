/** Compares what is stored with what should be; reads only, a stretch of rows at a time. */
package io.github.tandemfetch.verify;
