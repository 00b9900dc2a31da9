package io.github.tandemfetch.source;

/** How this client introduces itself: the service's firewall blocks what does not look like a browser. */
final class Browser {
    static final String USER_AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 "
            + "(KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

    private Browser() {}
}
