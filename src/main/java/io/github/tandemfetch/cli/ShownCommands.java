package io.github.tandemfetch.cli;

import java.lang.reflect.Constructor;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes commands that are only shown and never run, and so do without their services. */
final class ShownCommands implements IFactory {
    private final IFactory plain = CommandLine.defaultFactory();
    private final Output output;

    ShownCommands(Output output) {
        this.output = output;
    }

    @Override
    public <T> T create(Class<T> type) throws Exception {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            Class<?>[] needed = constructor.getParameterTypes();
            if (needed.length > 0) {
                Object[] given = new Object[needed.length];
                for (int i = 0; i < needed.length; i++) {
                    given[i] = needed[i] == Output.class ? output : null;
                }
                constructor.setAccessible(true);
                return type.cast(constructor.newInstance(given));
            }
        }
        return plain.create(type);
    }
}
