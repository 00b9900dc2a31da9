package io.github.tandemfetch.source;

/**
 * A pump that is listed in a way by which its log cannot be requested.
 *
 * @param serialNumber the number on the pump; null where the service does not say it
 * @param problem what is wrong, a sentence
 * @param hasData whether the service gives dates of its events, so that some are missing in the database
 */
public record UnusablePump(String serialNumber, String problem, boolean hasData) {
    /**
     * For a person who wants this very pump.
     *
     * @return to be thrown
     */
    public SourceException failure() {
        return new UnexpectedAnswerException(problem);
    }
}
