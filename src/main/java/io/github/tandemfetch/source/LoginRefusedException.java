package io.github.tandemfetch.source;

/** Tandem Source refused e-mail and password; a wrong region looks the same. Never tried again. */
public class LoginRefusedException extends SourceException {
    private static final long serialVersionUID = 1L;

    LoginRefusedException(String region) {
        super(
                "LOGIN_REFUSED",
                "Tandem Source refused the e-mail address and password in region " + region + ".",
                "Check both, and the region: an account of the other region is refused just like a wrong password. "
                        + "Then run `tandem login`. It was tried once only, because repeated failures lock an account.");
    }

    LoginRefusedException(String code, String message, String remedy) {
        super(code, message, remedy);
    }
}
