package io.github.tandemfetch.simulator;

import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The data calls of Tandem Source. */
final class SourceEndpoint {
    /** The title of the firewall's page. */
    static final String BLOCKED = "The request is blocked.";

    /** The title of the page for unknown paths. */
    static final String NOT_FOUND = "404 Not Found";

    private static final String API = ServiceUrls.SOURCE_PATH + "api/reports/bff/";
    private static final String PUMPER = API + "pumper/";
    private static final String PUMP_LOGS = API + "pump-logs/";
    private static final String BEARER = "Bearer ";

    private final Account account;
    private final ServiceUrls addresses;
    private final AccessTokens tokens;
    private final SimulatedTime time;
    private final AtomicInteger lateHistoryLists = new AtomicInteger();

    SourceEndpoint(Account account, ServiceUrls addresses, AccessTokens tokens, SimulatedTime time) {
        this.time = time;
        this.account = account;
        this.addresses = addresses;
        this.tokens = tokens;
    }

    static RequestKind kindOf(String path) {
        if (path.startsWith(PUMPER)) {
            return RequestKind.PUMPER;
        }
        return path.startsWith(PUMP_LOGS) ? RequestKind.PUMP_LOGS : RequestKind.ANY;
    }

    void handle(Exchange exchange) throws IOException {
        boolean sameOrigin = addresses.origin().equals(exchange.header("Origin"))
                && addresses.source().equals(exchange.header("Referer"));
        if (!sameOrigin || !exchange.isFromBrowser()) {
            exchange.refuseHtml(403, BLOCKED);
        } else if (!isAuthorized(exchange.header("Authorization"))) {
            exchange.refuseUnauthorized();
        } else if (!exchange.method().equals("GET")) {
            exchange.refuseHtml(405, "Method not allowed");
        } else if (exchange.kind() == RequestKind.PUMPER) {
            pumper(exchange);
        } else if (exchange.kind() == RequestKind.PUMP_LOGS) {
            pumpLogs(exchange);
        } else {
            exchange.refuseHtml(404, NOT_FOUND);
        }
    }

    private boolean isAuthorized(String authorization) {
        return authorization != null
                && authorization.startsWith(BEARER)
                && tokens.isGood(authorization.substring(BEARER.length()));
    }

    private void pumper(Exchange exchange) throws IOException {
        if (!exchange.path().equals(PUMPER + account.pumperId())) {
            exchange.refuseHtml(404, NOT_FOUND);
            return;
        }
        time.step();
        boolean uploadedLater =
                exchange.faults().has(Fault.LateHistory.class) && lateHistoryLists.incrementAndGet() > 1;
        exchange.json(new PumperResponse(account, exchange.faults(), uploadedLater)
                .text(exchange.faults().has(Fault.ChangedTypes.class)));
    }

    private void pumpLogs(Exchange exchange) throws IOException {
        PumpLogsQuery query;
        try {
            query = PumpLogsQuery.of(exchange.query());
        } catch (PumpLogsQuery.Refused e) {
            exchange.refuseJson(400, e.getMessage());
            return;
        }
        exchange.window(query.from(), query.to());
        String assignment = exchange.path().substring(PUMP_LOGS.length());
        Optional<SimulatedPump> pump = account.pumps().stream()
                .filter(each -> each.assignmentId().equals(assignment))
                .findFirst();
        if (pump.isEmpty() || !query.pumperId().equals(account.pumperId())) {
            exchange.refuseHtml(404, NOT_FOUND);
            return;
        }
        PumpHistory history = pump.get().history();
        if (history == null) {
            exchange.json("{\"events\":[],\"clockChanges\":[]}");
            return;
        }
        long days = ChronoUnit.DAYS.between(query.from(), query.to()) + 1;
        Optional<Fault.LongWindows> tooLong =
                exchange.faults().find(Fault.LongWindows.class).filter(fault -> days > fault.days());
        boolean broken = exchange.faults()
                .find(Fault.BrokenDay.class)
                .filter(fault ->
                        !fault.day().isBefore(query.from()) && !fault.day().isAfter(query.to()))
                .isPresent();
        if (broken
                || tooLong.filter(fault -> fault.how() == Fault.LongWindows.How.TIMEOUT)
                        .isPresent()) {
            exchange.refuseHtml(504, "504 Gateway Time-out");
        } else if (tooLong.filter(fault -> fault.how() == Fault.LongWindows.How.REJECTED)
                .isPresent()) {
            exchange.refuseJson(400, "{\"statusCode\":400,\"message\":\"Invalid date range.\"}");
        } else {
            PumpLogsQuery answered = tooLong.map(
                            fault -> query.until(query.from().plusDays(fault.days() - 1L)))
                    .orElse(query);
            exchange.streamedJson(
                    new PumpLogsResponse(history, answered, exchange.faults(), lateHistoryLists.get() <= 1));
        }
    }
}
