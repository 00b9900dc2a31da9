package io.github.tandemfetch.web;

import io.github.tandemfetch.jobs.Download;
import io.github.tandemfetch.jobs.ExportJobService;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * The file of a completed job, whole or in parts. It is sent piece by piece, so that a large file needs no memory; nobody
 * removes it meanwhile.
 */
@Path(JobsResource.PATH + "/{id}/download")
public class DownloadResource {
    private static final int NOT_SATISFIABLE = 416;

    private final ExportJobService jobs;

    /**
     * Creates the resource.
     *
     * @param jobs has the files
     */
    public DownloadResource(ExportJobService jobs) {
        this.jobs = jobs;
    }

    /**
     * Sends the file.
     *
     * @param id the job's number
     * @param headers may ask for a part, or for a file that is not known yet only
     * @param exchange tells when the file was sent
     * @return 200, 206, 304, 412 or 416
     */
    @GET
    public RestResponse<Object> get(@PathParam("id") String id, @Context HttpHeaders headers, RoutingContext exchange) {
        Download download = jobs.download(JobsResource.number(id));
        exchange.addEndHandler(sent -> download.close());
        if (exchange.response().closed()) {
            download.close();
        }
        revalidate(exchange);
        return answer(download, headers, exchange);
    }

    /**
     * Tells what {@link #get} would send of the whole file.
     *
     * @param id the job's number
     * @param headers as there
     * @param exchange has the headers of the answer
     * @return the same without the file
     */
    @HEAD
    public RestResponse<Object> head(
            @PathParam("id") String id, @Context HttpHeaders headers, RoutingContext exchange) {
        try (Download download = jobs.download(JobsResource.number(id))) {
            revalidate(exchange);
            return answer(download, headers, null);
        }
    }

    // In the place of what every answer says: whoever has the file may keep it, and ask whether it is still there.
    private static void revalidate(RoutingContext exchange) {
        exchange.response().putHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
    }

    // Without an exchange, the file itself is left out.
    private static RestResponse<Object> answer(Download download, HttpHeaders headers, RoutingContext exchange) {
        String tag = tag(download);
        String ifMatch = headers.getHeaderString(HttpHeaders.IF_MATCH);
        if (ifMatch == null ? isNewerThan(headers, download) : !names(ifMatch, tag, false)) {
            return described(412, download, tag)
                    .type(Problem.MEDIA_TYPE)
                    .entity(Problem.of(412, "Precondition failed", "The file is another than the one named."))
                    .build();
        }
        if (isKnown(headers, download, tag)) {
            return described(304, download, tag).build();
        }
        // Ranges are for GET alone, RFC 9110, 14.2.
        Optional<ByteRange> range = exchange != null && isRangeFor(headers, download, tag)
                ? ByteRange.parse(headers.getHeaderString("Range"), download.size())
                : Optional.empty();
        if (range.isEmpty()) {
            return file(described(200, download, tag), download, new ByteRange(0, download.size()), exchange);
        }
        if (range.get().isBeyond()) {
            return described(NOT_SATISFIABLE, download, tag)
                    .header("Content-Range", "bytes */" + download.size())
                    .type(Problem.MEDIA_TYPE)
                    .entity(Problem.of(
                            NOT_SATISFIABLE, "Range not satisfiable", "The file ends before the range begins."))
                    .build();
        }
        return file(
                described(206, download, tag)
                        .header("Content-Range", range.get().contentRange(download.size())),
                download,
                range.get(),
                exchange);
    }

    private static RestResponse.ResponseBuilder<Object> described(int status, Download download, String tag) {
        return RestResponse.ResponseBuilder.<Object>create(status)
                .header(HttpHeaders.ETAG, tag)
                .header(HttpHeaders.LAST_MODIFIED, httpDate(download.completedAt()))
                .header("Accept-Ranges", "bytes");
    }

    private static RestResponse<Object> file(
            RestResponse.ResponseBuilder<Object> answer, Download download, ByteRange range, RoutingContext exchange) {
        answer.header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + download.name() + "\"")
                .header(HttpHeaders.CONTENT_TYPE, mediaType(download))
                .header(HttpHeaders.CONTENT_LENGTH, range.length());
        if (exchange != null && range.length() > 0) {
            answer.entity(new FileBody(download.content(), range, exchange));
        }
        return answer.build();
    }

    private static String mediaType(Download download) {
        return download.job().request().compress()
                ? "application/gzip"
                : download.job().request().format().mediaType();
    }

    // The file of a job never changes, and numbers are never given twice in one store.
    private static String tag(Download download) {
        return "\"" + download.job().id() + "-"
                + Long.toHexString(download.completedAt().toEpochMilli()) + "-" + Long.toHexString(download.size())
                + "\"";
    }

    private static boolean isKnown(HttpHeaders headers, Download download, String tag) {
        String ifNoneMatch = headers.getHeaderString(HttpHeaders.IF_NONE_MATCH);
        if (ifNoneMatch != null) {
            return names(ifNoneMatch, tag, true);
        }
        return time(headers.getHeaderString(HttpHeaders.IF_MODIFIED_SINCE))
                .filter(since -> !completedSecond(download).isAfter(since))
                .isPresent();
    }

    private static boolean isNewerThan(HttpHeaders headers, Download download) {
        return time(headers.getHeaderString(HttpHeaders.IF_UNMODIFIED_SINCE))
                .filter(since -> completedSecond(download).isAfter(since))
                .isPresent();
    }

    private static boolean isRangeFor(HttpHeaders headers, Download download, String tag) {
        String ifRange = headers.getHeaderString("If-Range");
        return ifRange == null
                || ifRange.strip().equals(tag)
                || time(ifRange).filter(completedSecond(download)::equals).isPresent();
    }

    private static boolean names(String header, String tag, boolean weakToo) {
        return Arrays.stream(header.split(","))
                .map(String::strip)
                .map(named -> weakToo && named.startsWith("W/") ? named.substring(2) : named)
                .anyMatch(named -> named.equals("*") || named.equals(tag));
    }

    private static Optional<Instant> time(String header) {
        if (header == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header.strip())));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Instant completedSecond(Download download) {
        return download.completedAt().truncatedTo(ChronoUnit.SECONDS);
    }

    private static String httpDate(Instant time) {
        return DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", java.util.Locale.ENGLISH)
                .format(time.atOffset(ZoneOffset.UTC));
    }
}
