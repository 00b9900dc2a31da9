package io.github.tandemfetch.web;

import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The parameters of a query, read one by one; everything that is wrong with them is gathered. */
final class QueryParameters {
    private final Map<String, List<String>> given;
    private final List<Fault> faults = new ArrayList<>();

    /**
     * Takes the parameters.
     *
     * @param uri the address with the query
     * @param known the names that mean something
     */
    QueryParameters(UriInfo uri, Set<String> known) {
        given = uri.getQueryParameters();
        for (Map.Entry<String, List<String>> parameter : given.entrySet()) {
            if (!known.contains(parameter.getKey())) {
                boolean plain = parameter.getKey().matches("[A-Za-z0-9_.-]{1,64}");
                faults.add(Fault.inQuery(plain ? parameter.getKey() : "?", "There is no such parameter."));
            } else if (parameter.getValue().size() > 1) {
                faults.add(Fault.inQuery(parameter.getKey(), "This is given once at most."));
            }
        }
    }

    /**
     * Reads a parameter.
     *
     * @param name its name
     * @param read reads its text; empty where that makes no sense
     * @param expected what would make sense, one sentence
     * @return null where it is not given or makes no sense
     */
    <T> T value(String name, Function<String, Optional<T>> read, String expected) {
        List<String> values = given.getOrDefault(name, List.of());
        if (values.isEmpty()) {
            return null;
        }
        Optional<T> value = read.apply(values.get(0));
        if (value.isEmpty()) {
            faults.add(Fault.inQuery(name, expected));
        }
        return value.orElse(null);
    }

    /** A whole number of a range, or a default. */
    int number(String name, int least, int greatest, int otherwise) {
        Integer value = value(
                name,
                text -> text.matches("[0-9]{1,6}")
                                && Integer.parseInt(text) >= least
                                && Integer.parseInt(text) <= greatest
                        ? Optional.of(Integer.parseInt(text))
                        : Optional.empty(),
                "This is a whole number from " + least + " to " + greatest + ".");
        return value == null ? otherwise : value;
    }

    /**
     * Refuses the request if anything was wrong.
     *
     * @throws InvalidRequestException with every fault
     */
    void refuseFaults() {
        if (!faults.isEmpty()) {
            throw new InvalidRequestException(faults);
        }
    }
}
