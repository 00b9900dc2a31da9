package io.github.tandemfetch.source;

/** The refusal that is about the credentials themselves, and so will be the same in the next run. */
final class CredentialsNotTakenException extends LoginRefusedException {
    private static final long serialVersionUID = 1L;

    CredentialsNotTakenException(String region) {
        super(region);
    }
}
