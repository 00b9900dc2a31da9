package io.github.tandemfetch.web;

import io.github.tandemfetch.jobs.JobException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where a failure becomes the answer to a request. */
@Singleton
class ProblemMapper {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);
    private static final int METHOD_NOT_ALLOWED = 405;

    @ServerExceptionMapper
    RestResponse<Problem> faults(InvalidRequestException failure) {
        return answer(Problem.of(400, "Invalid request", failure.getMessage() + " See errors.", failure.faults()));
    }

    @ServerExceptionMapper
    RestResponse<Problem> refusal(JobException failure) {
        RestResponse.ResponseBuilder<Problem> builder = builder(problem(failure));
        if (failure.retryAfter() != null) {
            builder.header(HttpHeaders.RETRY_AFTER, failure.retryAfter().toSeconds());
        }
        return builder.build();
    }

    /** What is told of a job that cannot be had, whatever form the answer has. */
    static Problem problem(JobException failure) {
        String detail = failure.getMessage() + " " + failure.remedy();
        return switch (failure.reason()) {
            case UNKNOWN_JOB -> Problem.of(404, "Job not found", detail);
            case UNKNOWN_TABLE -> Problem.of(404, "Table not found", detail);
            case NO_FILE -> Problem.of(409, "No file to download", detail);
            case FILE_GONE -> Problem.of(410, "File gone", detail);
            case QUEUE_FULL -> Problem.of(429, "Too many jobs", detail);
            case TOO_MANY_DOWNLOADS -> Problem.of(429, "Too many downloads", detail);
            case KEY_REUSED -> Problem.of(422, "Idempotency key reused", detail);
            case UNAVAILABLE, FOLDER -> Problem.of(503, "Temporarily unavailable", detail);
        };
    }

    @ServerExceptionMapper
    RestResponse<Problem> standard(WebApplicationException failure, UriInfo uri, Request request) {
        int status = AllowedMethods.isRefused(uri.getPath(), request.getMethod())
                ? METHOD_NOT_ALLOWED
                : failure.getResponse().getStatus();
        RestResponse.ResponseBuilder<Problem> builder = builder(Problem.ofStatus(status));
        if (status == METHOD_NOT_ALLOWED) {
            builder.header(HttpHeaders.ALLOW, AllowedMethods.at(uri.getPath()));
        }
        return builder.build();
    }

    @ServerExceptionMapper
    RestResponse<Problem> unexpected(Throwable failure) {
        LOG.errorf("A request failed unexpectedly (%s).", failure.getClass().getSimpleName());
        LOG.debug("It failed here", failure);
        return answer(Problem.ofStatus(500));
    }

    private static RestResponse<Problem> answer(Problem problem) {
        return builder(problem).build();
    }

    private static RestResponse.ResponseBuilder<Problem> builder(Problem problem) {
        return RestResponse.ResponseBuilder.<Problem>create(problem.status())
                .entity(problem)
                .type(MediaType.valueOf(Problem.MEDIA_TYPE));
    }
}
