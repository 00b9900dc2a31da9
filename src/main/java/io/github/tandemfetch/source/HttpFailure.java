package io.github.tandemfetch.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tandemfetch.config.Secret;
import java.time.Duration;
import java.util.Locale;

/**
 * An answer with a status that is no success.
 *
 * @param status the HTTP status
 * @param retryAfter the wait the service asks for, or null
 * @param contentType the media type, empty where there is none
 * @param body the beginning of the body
 */
record HttpFailure(int status, Duration retryAfter, String contentType, String body) {
    /** How much of a body is read to find out what went wrong, in bytes. */
    static final int BODY_READ = 16 * 1024;

    private static final int LONGEST_DETAIL = 300;

    static HttpFailure of(int status, Duration retryAfter, String contentType, String body) {
        return new HttpFailure(status, retryAfter, contentType == null ? "" : contentType, body);
    }

    /** What it means for any call; 401 is the caller's to judge before. The secrets are kept out of the message. */
    SourceException describe(String call, Secret... secrets) {
        return switch (status) {
            case 400 -> new RequestRejectedException(detail(secrets));
            case 403 -> SourceFailures.blocked(isHtml());
            case 429 -> SourceFailures.rateLimited(retryAfter);
            case 500, 502, 503, 504 -> new ServiceUnavailableException(status, retryAfter);
            default ->
                new UnexpectedAnswerException("Tandem Source answered " + call + " with HTTP status " + status
                        + (isHtml() ? " and a web page" : "") + ".");
        };
    }

    boolean isHtml() {
        return contentType.toLowerCase(Locale.ROOT).contains("html")
                || body.stripLeading().startsWith("<");
    }

    /** The service's own words, if the body is JSON that has any: cut where long, without control characters. */
    private String detail(Secret... secrets) {
        JsonNode json;
        try {
            json = new ObjectMapper().readTree(body);
        } catch (JsonProcessingException notJson) {
            return "";
        }
        StringBuilder words = new StringBuilder();
        collect(json, words, 0);
        String said = words.toString();
        for (Secret secret : secrets) {
            said = said.replace(secret.reveal(), secret.toString());
        }
        String detail = said.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ").strip();
        return detail.length() > LONGEST_DETAIL ? detail.substring(0, LONGEST_DETAIL) + "…" : detail;
    }

    private static void collect(JsonNode node, StringBuilder words, int depth) {
        if (node == null || depth > 5 || words.length() > LONGEST_DETAIL) {
            return;
        }
        if (node.isArray()) {
            node.forEach(element -> collect(element, words, depth + 1));
            return;
        }
        for (String key : new String[] {"name", "message", "detail", "error", "error_description", "title"}) {
            JsonNode value = node.get(key);
            if (value == null) {
                continue;
            }
            if (value.isTextual() && !value.textValue().isBlank()) {
                words.append(words.isEmpty() ? "" : "; ").append(value.textValue());
            } else {
                collect(value, words, depth + 1);
            }
        }
        for (String key : new String[] {"issues", "errors", "details"}) {
            collect(node.get(key), words, depth + 1);
        }
    }
}
