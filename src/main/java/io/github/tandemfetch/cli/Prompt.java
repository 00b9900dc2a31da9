package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.ConfigurationException;
import io.github.tandemfetch.config.Secret;
import io.github.tandemfetch.query.format.PrintableText;
import jakarta.inject.Singleton;
import java.io.Console;

/** Asks a person on the terminal. */
@Singleton
public class Prompt {
    private final Terminal terminal;

    Prompt(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Whether there is a person to ask.
     *
     * @return true where standard input is a terminal
     */
    public boolean canAsk() {
        return terminal.isInput() && System.console() != null;
    }

    /**
     * Asks for a line of text.
     *
     * @param question what is asked for
     * @param proposal what an empty answer means; null where an answer is needed
     * @param option the option that would have answered, for the error
     * @return the answer, not empty
     * @throws ConfigurationException where nobody can answer, or does not
     */
    public String line(String question, String proposal, String option) {
        Console console = console(question, option);
        String answer = console.readLine(
                "%s", PrintableText.line(question + (proposal == null ? "" : " [" + proposal + "]") + ": "));
        if (answer != null && !answer.isBlank()) {
            checkReadable(question, answer);
            return answer.strip();
        }
        if (answer == null || proposal == null) {
            throw unanswered(question, option);
        }
        return proposal;
    }

    /**
     * Asks for a secret, which is not shown while it is typed.
     *
     * @param question what is asked for
     * @param option the option that would have answered, for the error
     * @return the answer, not empty
     * @throws ConfigurationException where nobody can answer, or does not
     */
    public Secret secret(String question, String option) {
        char[] answer = console(question, option).readPassword("%s: ", PrintableText.line(question));
        if (answer == null || answer.length == 0) {
            throw unanswered(question, option);
        }
        checkReadable(question, new String(answer));
        return new Secret(new String(answer));
    }

    /**
     * Asks a question that yes or no answers.
     *
     * @param question the question
     * @return true for yes; false for anything else, and where there is nobody to ask
     */
    public boolean confirm(String question) {
        if (!canAsk()) {
            return false;
        }
        String answer = System.console().readLine("%s [y/N] ", PrintableText.line(question));
        return answer != null
                && (answer.strip().equalsIgnoreCase("y") || answer.strip().equalsIgnoreCase("yes"));
    }

    /** The terminal's characters are decoded by the locale; one that it cannot say must not reach the service changed. */
    private static void checkReadable(String question, String answer) {
        if (answer.indexOf('\uFFFD') >= 0) {
            throw new ConfigurationException(
                    ConfigurationException.SETTING_INVALID,
                    question + " has letters that cannot be read in this locale.",
                    "Set LC_ALL=C.UTF-8 and try again.");
        }
    }

    private Console console(String question, String option) {
        if (!canAsk()) {
            throw unanswered(question, option);
        }
        return System.console();
    }

    private static ConfigurationException unanswered(String question, String option) {
        return new ConfigurationException(
                ConfigurationException.CREDENTIALS_MISSING,
                question + " is not set, and standard input is not a terminal.",
                "Give " + option + ", or run the command on a terminal.");
    }
}
