package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.ConfigurationException;
import io.github.tandemfetch.config.ProcessArguments;
import io.quarkus.picocli.runtime.PicocliRunner;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.OptionalInt;

/** The program. */
@QuarkusMain
public class Tandem {
    private Tandem() {}

    /**
     * Answers what needs no service, and starts the services for the rest.
     *
     * @param args the command line
     */
    public static void main(String... args) {
        SealedConfiguration.seal();
        HelpDesk help = new HelpDesk();
        String[] arguments = args;
        try {
            arguments = new ProcessArguments().read(args);
        } catch (ConfigurationException e) {
            System.exit(help.refuse(e, args));
        }
        OptionalInt answered = help.answer(arguments);
        if (answered.isPresent()) {
            System.exit(answered.getAsInt());
        }
        // Else the log asks the network for this machine's name, which nothing here tells and which can take seconds.
        System.setProperty("jboss.host.name", "localhost");
        Quarkus.run(PicocliRunner.class, arguments);
    }
}
