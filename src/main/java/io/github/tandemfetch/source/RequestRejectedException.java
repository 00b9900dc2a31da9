package io.github.tandemfetch.source;

/** The service did not accept what was asked (400): it has changed. */
public class RequestRejectedException extends SourceException {
    private static final long serialVersionUID = 1L;

    RequestRejectedException(String detail) {
        super(
                "REQUEST_REJECTED",
                "Tandem Source rejected the request (400)" + (detail.isEmpty() ? "." : ": " + detail),
                "The service has changed: look for a newer version of tandem.");
    }
}
