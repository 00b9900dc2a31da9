package io.github.tandemfetch.source;

import io.github.tandemfetch.config.Secret;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What the callback's address says: a code, or why there is none. */
final class AuthorizationCode {
    private static final int LONGEST_ERROR = 60;

    private AuthorizationCode() {}

    /** The code, once state and error are checked. */
    static Secret from(URI callback, String state) {
        Map<String, String> parameters = parameters(callback);
        String error = parameters.get("error");
        if (error != null) {
            String shown = error.replaceAll("[^A-Za-z0-9_. -]", "");
            throw SourceFailures.login("Tandem Source took the password, but refused the authorization ("
                    + (shown.length() > LONGEST_ERROR ? shown.substring(0, LONGEST_ERROR) : shown) + ").");
        }
        // Without a state in the callback, PKCE still ties the code to this login.
        if (!state.equals(parameters.getOrDefault("state", state))) {
            throw SourceFailures.login(
                    "The authorization that came back is not the one that was asked for (its state differs).");
        }
        String code = parameters.get("code");
        if (code == null || code.isEmpty()) {
            throw SourceFailures.login("Tandem Source took the password, but its authorization carried no code.");
        }
        return new Secret(code);
    }

    private static Map<String, String> parameters(URI callback) {
        Map<String, String> parameters = new HashMap<>();
        for (String part : new String[] {callback.getRawQuery(), callback.getRawFragment()}) {
            if (part == null) {
                continue;
            }
            for (String pair : part.split("&")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    parameters.putIfAbsent(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
                }
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
