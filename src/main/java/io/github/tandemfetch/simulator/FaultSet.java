package io.github.tandemfetch.simulator;

import java.util.List;
import java.util.Optional;

/** The faults of one request, at most one of each kind. */
record FaultSet(List<Fault> faults) {

    <F extends Fault> Optional<F> find(Class<F> kind) {
        return faults.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    boolean has(Class<? extends Fault> kind) {
        return find(kind).isPresent();
    }
}
