package io.github.tandemfetch.jobs.rest;

import java.util.regex.Pattern;

/** Which methods there are at a path. The framework knows too, but tells those of the neighbours as well. */
final class AllowedMethods {
    private static final String READING = "GET, HEAD";
    private static final Pattern JOBS = Pattern.compile("/?" + JobsResource.PATH.substring(1) + "/?");
    private static final Pattern JOB = Pattern.compile("/?" + JobsResource.PATH.substring(1) + "/[^/]+/?");

    private static final Pattern FORM = Pattern.compile("/?jobs(/[^/]+/delete)?/?");

    private AllowedMethods() {}

    static String at(String path) {
        if (JOBS.matcher(path).matches()) {
            return READING + ", POST";
        }
        if (FORM.matcher(path).matches()) {
            return "POST";
        }
        return JOB.matcher(path).matches() ? READING + ", DELETE" : READING;
    }
}
