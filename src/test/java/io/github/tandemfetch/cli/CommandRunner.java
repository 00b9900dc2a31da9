package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.Environment;
import io.github.tandemfetch.simulator.SimulatedTandemSource;
import io.github.tandemfetch.simulator.SimulatorOptions;
import io.github.tandemfetch.source.RetryPolicy;
import io.github.tandemfetch.source.SourceTimeouts;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs command lines in this process: the real commands and services, with a folder as home and working folder, variables
 * of their own, and captured output. Standard input is empty and nothing is a terminal.
 */
final class CommandRunner {
    private final Path folder;
    private final Map<String, String> variables = new HashMap<>();

    CommandRunner(Path folder) {
        this.folder = folder;
        with("TANDEM_DB", folder.resolve("tandem.db").toString());
        with("XDG_CACHE_HOME", folder.resolve("cache").toString());
    }

    CommandRunner with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    /** Sets the account and the addresses of a simulated service. */
    CommandRunner against(SimulatedTandemSource service, SimulatorOptions options) {
        return with("TANDEM_EMAIL", options.email())
                .with("TANDEM_PASSWORD", options.password())
                .with("TANDEM_REGION", options.region())
                .with("TANDEM_TIMEZONE", options.zone().getId())
                .with("TANDEM_SSO_URL", service.ssoUrl().toString())
                .with("TANDEM_ACCOUNTS_URL", service.accountsUrl().toString())
                .with("TANDEM_SOURCE_URL", service.sourceUrl().toString())
                .with("TANDEM_REDIRECT_URI", service.redirectUri().toString())
                .with("TANDEM_CLIENT_ID", service.clientId());
    }

    /**
     * What a command came to.
     *
     * @param status the exit status
     * @param out standard output
     * @param err standard error
     */
    record Result(int status, String out, String err) {
        Result exits(int expected) {
            assertThat(status).as("%s%s", out, err).isEqualTo(expected);
            return this;
        }

        List<String> lines() {
            return out.lines().toList();
        }
    }

    Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Beans beans = new Beans();
        Environment environment = new Environment(variables, folder, folder);
        Terminal terminal = new Terminal(environment);
        Output output = new Output(terminal, new StandardOutput(out), err);
        beans.put(Environment.class, environment);
        beans.put(Terminal.class, terminal);
        beans.put(Output.class, output);
        beans.put(Clock.class, Clock.systemUTC());
        beans.put(SourceTimeouts.class, SourceTimeouts.standard());
        beans.put(
                RetryPolicy.class,
                new RetryPolicy(2, Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofSeconds(1)));
        CommandLine program = CommandTree.of(beans, arguments);
        int status = new CommandLineConfiguration().configured(program, output).execute(arguments);
        return new Result(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Makes commands and services by their constructors, each once. What cannot be made here, the server, is null. */
    private static final class Beans implements IFactory {
        private final Map<Class<?>, Object> made = new HashMap<>();

        <T> void put(Class<T> type, T bean) {
            made.put(type, bean);
        }

        @Override
        public <K> K create(Class<K> type) throws Exception {
            if (type.getName().startsWith("io.github.tandemfetch") && !Modifier.isAbstract(type.getModifiers())) {
                K bean = bean(type);
                if (bean != null) {
                    return bean;
                }
            }
            return CommandLine.defaultFactory().create(type);
        }

        private <K> K bean(Class<K> type) {
            if (!made.containsKey(type)) {
                made.put(type, make(type));
            }
            return type.cast(made.get(type));
        }

        private Object make(Class<?> type) {
            if (!type.getName().startsWith("io.github.tandemfetch.")
                    || type.getName().contains(".web.")) {
                return null;
            }
            Constructor<?>[] constructors = type.getDeclaredConstructors();
            if (constructors.length == 0) {
                return null;
            }
            Constructor<?> constructor = Arrays.stream(constructors)
                    .filter(each -> each.isAnnotationPresent(Inject.class) || constructors.length == 1)
                    .findFirst()
                    .orElse(constructors[0]);
            try {
                constructor.setAccessible(true);
                return constructor.newInstance(Arrays.stream(constructor.getParameterTypes())
                        .map(this::bean)
                        .toArray());
            } catch (ReflectiveOperationException | IllegalArgumentException e) {
                return null;
            }
        }
    }
}
