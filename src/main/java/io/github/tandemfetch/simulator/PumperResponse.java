package io.github.tandemfetch.simulator;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;

/** The response with the account and its pumps. */
final class PumperResponse {
    private static final String ESCAPES = "\u001b[2J\u001b]0;renamed\u0007\u009b31m\u202e\r";
    private static final DateTimeFormatter WALL = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

    private final JsonMapper json = JsonMapper.builder().build();
    private final Account account;
    private final FaultSet faults;
    private final boolean uploadedLater;

    PumperResponse(Account account, FaultSet faults, boolean uploadedLater) {
        this.account = account;
        this.faults = faults;
        this.uploadedLater = uploadedLater;
    }

    String text(boolean changedTypes) {
        ObjectNode pumper = json.createObjectNode();
        pumper.put("firstName", account.firstName());
        pumper.put("lastName", account.lastName());
        pumper.put("name", account.firstName() + " " + account.lastName());
        pumper.put("dateOfBirth", "1984-05-17");
        pumper.put("lowGlucoseThreshold", 70);
        pumper.put("highGlucoseThreshold", 180);
        pumper.put("country", account.country());
        ArrayNode pumps = json.createArrayNode();
        account.pumps().forEach(pump -> pumps.add(pump(pump)));
        if (changedTypes) {
            pumper.putObject("pumps").set("items", pumps);
        } else {
            pumper.set("pumps", pumps);
        }
        return pumper.toString();
    }

    private ObjectNode pump(SimulatedPump pump) {
        SimulatedPump.Model model = pump.model();
        Optional<SimulatedPump.DataRange> range = pump.availableDataRange();
        ObjectNode node = json.createObjectNode();
        String escapes = faults.has(Fault.TerminalEscapes.class) ? ESCAPES : "";
        if (faults.has(Fault.NumericAssignment.class) && pump == account.pumps().get(0)) {
            node.put("assignmentId", 123);
        } else {
            node.put("assignmentId", pump.assignmentId());
        }
        node.put("serialNumber", pump.serial() + escapes);
        node.put("modelNumber", model.number());
        node.put("modelName", model.name() + escapes);
        node.put("softwareVersion", model.softwareVersion());
        node.put("partNumber", model.partNumber());
        if (!pump.isRetired()) {
            node.put("algorithm", model.algorithm());
        }
        node.put("glucoseUnit", range.isPresent() ? "mg/dL" : null);
        node.put("lastUploadDate", upload(pump).map(Object::toString).orElse(null));
        Optional<LocalDateTime> newest = range.map(SimulatedPump.DataRange::end)
                .map(end -> faults.find(Fault.NewestDate.class)
                        .map(Fault.NewestDate::newest)
                        .orElse(end));
        node.put("maxDateOfEvents", wall(newest));
        node.putObject("availableDataRange")
                .put("start", wall(range.map(SimulatedPump.DataRange::start)))
                .put("end", wall(newest));
        node.put("lastUploadClientType", range.isPresent() ? "MobileApp" : null);
        if (range.isPresent() && !pump.isRetired()) {
            node.set("settings", settings(pump));
        } else {
            node.putNull("settings");
        }
        return node;
    }

    private Optional<Instant> upload(SimulatedPump pump) {
        return pump.lastUpload().map(upload -> uploadedLater ? upload.plusSeconds(3600) : upload);
    }

    private ObjectNode settings(SimulatedPump pump) {
        String upload = pump.lastUpload().map(Object::toString).orElse("");
        ObjectNode settings = json.createObjectNode();
        settings.put("id", id(pump.assignmentId() + "settings"));
        settings.put("deviceAssignmentId", pump.assignmentId());
        settings.put("uploadedTimeStamp", upload);
        settings.put("settingsHash", id(pump.assignmentId() + "hash").replace("-", ""));
        settings.put("uploadId", id(pump.assignmentId() + upload));
        ObjectNode details = settings.putObject("details");
        ObjectNode profiles = details.putObject("profiles");
        profiles.put("activeIdp", 1);
        ArrayNode list = profiles.putArray("profile");
        list.add(profile("Every day", 1, 0));
        list.add(profile("Sport", 2, 200));
        details.putObject("cgmSettings").put("highGlucoseAlertMgPerDl", 240).put("lowGlucoseAlertMgPerDl", 75);
        return settings;
    }

    private ObjectNode profile(String name, int number, int less) {
        ObjectNode profile = json.createObjectNode();
        profile.put("name", name);
        profile.put("idp", number);
        profile.put("insulinDuration", 300);
        profile.put("carbEntry", 1);
        profile.put("maxBolus", 15_000);
        ArrayNode segments = profile.putArray("timeDependentSegments");
        for (int hour : new int[] {0, 5, 11, 20}) {
            segments.addObject()
                    .put("startTime", hour * 60)
                    .put("basalRate", BasalEvents.profileRate(hour * 3600) - less)
                    .put("isf", 42)
                    .put("carbRatio", 9000)
                    .put("targetBg", 110);
        }
        return profile;
    }

    private static String id(String name) {
        return UUID.nameUUIDFromBytes(RandomTokens.sha256(name)).toString();
    }

    private static String wall(Optional<LocalDateTime> time) {
        return time.map(WALL::format).orElse(null);
    }
}
