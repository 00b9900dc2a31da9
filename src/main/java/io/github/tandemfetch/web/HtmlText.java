package io.github.tandemfetch.web;

/** Writes texts into HTML, between tags and in quoted attributes. */
final class HtmlText {
    private HtmlText() {}

    static String of(Object value) {
        return String.valueOf(value)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
