package io.github.tandemfetch.cli;

import io.quarkus.picocli.runtime.annotations.TopCommand;
import picocli.CommandLine.Command;

@TopCommand
@Command(name = "tandem", mixinStandardHelpOptions = true)
public class TandemCommand implements Runnable {
    @Override
    public void run() {
        System.out.println("hello");
    }
}
