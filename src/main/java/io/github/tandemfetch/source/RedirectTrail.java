package io.github.tandemfetch.source;

import io.github.tandemfetch.config.EndpointSettings;
import java.net.URI;
import java.util.function.Consumer;

/** Follows redirects by hand: a bounded number, never into an unencrypted connection, never past the callback. */
final class RedirectTrail {
    private static final int LONGEST = 20;

    private final LoginHttp http;
    private final URI start;

    RedirectTrail(LoginHttp http, URI start) {
        this.http = http;
        this.start = start;
    }

    /** The first answer that is no redirect. */
    LoginHttp.Answer follow() {
        URI at = start;
        for (int step = 0; step < LONGEST; step++) {
            LoginHttp.Answer answer = http.send(LoginHttp.request(at).header("Accept", "text/html,*/*"));
            String location = answer.redirect().orElse(null);
            if (location == null) {
                return answer;
            }
            at = encrypted(resolved(at, location));
        }
        throw endless();
    }

    /** The first location that is the callback; an answer that leads nowhere goes to the check, which may refuse it. */
    URI followTo(String callback, Consumer<LoginHttp.Answer> check) {
        URI at = start;
        for (int step = 0; step < LONGEST; step++) {
            LoginHttp.Answer answer = http.send(LoginHttp.request(at).header("Accept", "text/html,*/*"));
            String location = answer.redirect().orElse(null);
            if (location == null) {
                check.accept(answer);
                throw SourceFailures.login(
                        "Tandem Source took the password, but its authorization did not lead back to the application.");
            }
            URI next = resolved(at, location);
            if (isCallback(next.toString(), callback)) {
                return next;
            }
            at = encrypted(next);
        }
        throw endless();
    }

    private static boolean isCallback(String location, String callback) {
        return location.startsWith(callback)
                && (location.length() == callback.length() || "?#&/".indexOf(location.charAt(callback.length())) >= 0);
    }

    private static URI resolved(URI at, String location) {
        String target = location.strip().replace(" ", "%20");
        try {
            // The JDK resolves a bare query against the folder; the standard (RFC 3986) against the page.
            return target.startsWith("?")
                    ? URI.create(at.toString().replaceFirst("[?#].*$", "") + target)
                    : at.resolve(target);
        } catch (IllegalArgumentException malformed) {
            throw new UnexpectedAnswerException("Tandem Source redirected the login to something that is no address.");
        }
    }

    private static URI encrypted(URI next) {
        boolean encrypted = "https".equalsIgnoreCase(next.getScheme());
        boolean local = "http".equalsIgnoreCase(next.getScheme()) && EndpointSettings.isLoopback(next.getHost());
        if (next.getHost() == null || !(encrypted || local)) {
            throw new UnexpectedAnswerException(
                    "Tandem Source redirected the login to an address that is not encrypted; it was not followed.");
        }
        return next;
    }

    private static SourceException endless() {
        return SourceFailures.login("Tandem Source redirected the login in circles.");
    }
}
