package org.duckdb;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DuckDBNativeTest {
    @Test
    void the_class_in_the_place_of_the_drivers_has_its_native_methods() throws Exception {
        try (URLClassLoader driver =
                new URLClassLoader(new URL[] {driverJar()}, ClassLoader.getPlatformClassLoader())) {
            Class<?> original = Class.forName(DuckDBNative.class.getName(), false, driver);

            assertThat(original).isNotSameAs(DuckDBNative.class);
            assertThat(nativeMethods(DuckDBNative.class)).hasSizeGreaterThan(40).isEqualTo(nativeMethods(original));
        }
    }

    private static URL driverJar() throws IOException {
        URL entry = DuckDBDriver.class.getResource("DuckDBDriver.class");
        return ((JarURLConnection) entry.openConnection()).getJarFileURL();
    }

    private static Set<String> nativeMethods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isNative(method.getModifiers()))
                .map(DuckDBNativeTest::signature)
                .collect(Collectors.toSet());
    }

    private static String signature(Method method) {
        return method.getReturnType().getName()
                + " " + method.getName()
                + Arrays.stream(method.getParameterTypes()).map(Class::getName).toList();
    }
}
