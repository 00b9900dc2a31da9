package io.github.tandemfetch.web;

import java.util.regex.Pattern;

/** Which methods there are at a path. The framework knows too, but tells those of the neighbors as well. */
final class AllowedMethods {
    private static final String READING = "GET, HEAD";
    private static final Pattern JOBS = Pattern.compile("/?" + JobsResource.PATH.substring(1) + "/?");
    private static final Pattern JOB = Pattern.compile("/?" + JobsResource.PATH.substring(1) + "/[^/]+/?");
    private static final Pattern DOWNLOAD =
            Pattern.compile("/?" + JobsResource.PATH.substring(1) + "/[^/]+/download/?");
    private static final Pattern FORM = Pattern.compile("/?jobs(/[^/]+/delete)?/?");

    private AllowedMethods() {}

    /** Whether there is something at a path, but not for this method, where the framework finds nothing at all. */
    static boolean isRefused(String path, String method) {
        return DOWNLOAD.matcher(path).matches() && !method.equals("GET") && !method.equals("HEAD");
    }

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
