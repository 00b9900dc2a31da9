package io.github.tandemfetch.source;

/** Too many refused logins: the account is locked for an hour or more. */
public class AccountLockedException extends SourceException {
    private static final long serialVersionUID = 1L;

    AccountLockedException() {
        super(
                "ACCOUNT_LOCKED",
                "Tandem Source has locked this account for a while after too many failed logins.",
                "Wait an hour or more, check that you can sign in at the website, then run `tandem login`.");
    }
}
