package io.github.tandemfetch.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads the arguments of this process as UTF-8. A JVM decodes them with the locale's character set: where no locale is set,
 * as in a cron line, each byte of a letter beyond ASCII becomes U+FFFD, and a query would silently be another one.
 */
public final class ProcessArguments {
    private static final char REPLACEMENT = '\uFFFD';

    private final Path commandLine;
    private final Charset charset;

    /** The arguments of this process. */
    public ProcessArguments() {
        this(Path.of("/proc/self/cmdline"), Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")));
    }

    /**
     * The arguments of a process.
     *
     * @param commandLine its arguments as bytes, each ended by a zero, where the system has such a file
     * @param charset the character set with which the JVM decoded them
     */
    ProcessArguments(Path commandLine, Charset charset) {
        this.commandLine = commandLine;
        this.charset = charset;
    }

    /**
     * The arguments as they were typed.
     *
     * @param decoded the arguments as the JVM decoded them
     * @return the same number of arguments
     * @throws ConfigurationException where one of them was lost and cannot be read again
     */
    public String[] read(String... decoded) {
        boolean lossy = charset.equals(StandardCharsets.US_ASCII) || charset.equals(StandardCharsets.UTF_8);
        if (!lossy || Arrays.stream(decoded).noneMatch(argument -> argument.indexOf(REPLACEMENT) >= 0)) {
            return decoded;
        }
        if (charset.equals(StandardCharsets.UTF_8) && !Files.exists(commandLine)) {
            // The character itself may have been typed.
            return decoded;
        }
        return typed(decoded).orElseThrow(() -> unreadable(decoded)).toArray(String[]::new);
    }

    private Optional<List<String>> typed(String... decoded) {
        List<String> typed = new ArrayList<>();
        List<byte[]> all = bytes();
        if (all.size() < decoded.length) {
            return Optional.empty();
        }
        List<byte[]> last = all.subList(all.size() - decoded.length, all.size());
        for (int i = 0; i < decoded.length; i++) {
            // The JVM's own options stand before; it also takes arguments from files, which do not stand here at all.
            if (!new String(last.get(i), charset).equals(decoded[i])) {
                return Optional.empty();
            }
            try {
                typed.add(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(last.get(i)))
                        .toString());
            } catch (CharacterCodingException e) {
                return Optional.empty();
            }
        }
        return Optional.of(typed);
    }

    private List<byte[]> bytes() {
        try {
            byte[] all = Files.readAllBytes(commandLine);
            List<byte[]> arguments = new ArrayList<>();
            int start = 0;
            for (int i = 0; i < all.length; i++) {
                if (all[i] == 0) {
                    arguments.add(Arrays.copyOfRange(all, start, i));
                    start = i + 1;
                }
            }
            return arguments;
        } catch (IOException notLinux) {
            return List.of();
        }
    }

    private static ConfigurationException unreadable(String... decoded) {
        int position = 0;
        while (decoded[position].indexOf(REPLACEMENT) < 0) {
            position++;
        }
        return new ConfigurationException(
                ConfigurationException.SETTING_INVALID,
                "Argument " + (position + 1) + " has letters that cannot be read in this locale.",
                "Set LC_ALL=C.UTF-8 and give the arguments in UTF-8.");
    }
}
