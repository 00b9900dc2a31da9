package io.github.tandemfetch.cli;

import io.github.tandemfetch.simulator.RequestLog;
import io.github.tandemfetch.simulator.SimulatedPump;
import io.github.tandemfetch.simulator.SimulatedTandemSource;
import io.github.tandemfetch.simulator.SimulatorFaults;
import io.github.tandemfetch.simulator.SimulatorOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A person's account at a simulated service, which is there for all tests of a class and forgets what each did. */
final class SimulatedAccount implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private final SimulatorOptions options;
    private SimulatedTandemSource service;

    SimulatedAccount(SimulatorOptions options) {
        this.options = options;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        service = SimulatedTandemSource.start(options);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        service.faults().clear();
        service.requests().clear();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        service.close();
    }

    SimulatedTandemSource service() {
        return service;
    }

    SimulatorFaults faults() {
        return service.faults();
    }

    RequestLog requests() {
        return service.requests();
    }

    List<SimulatedPump> pumps() {
        return service.pumps();
    }

    /** The program in a folder, run by this person. */
    TandemProcess in(Path folder) {
        return new TandemProcess(folder).account(service, options);
    }

    /** How many events all pumps have uploaded. */
    long events() {
        return service.pumps().stream().mapToLong(SimulatedPump::eventCount).sum();
    }
}
