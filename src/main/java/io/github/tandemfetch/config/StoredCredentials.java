package io.github.tandemfetch.config;

/**
 * What a credentials file holds; null where a key is absent or empty. As text it shows nothing of it.
 *
 * @param email the account's e-mail address
 * @param password the account's password
 * @param region {@code US} or {@code EU}, as written
 * @param timezone an IANA time zone, as written
 * @param pumpSerial the serial number of the one pump to work with
 */
public record StoredCredentials(String email, Secret password, String region, String timezone, String pumpSerial) {
    /**
     * A file's content where there is no file.
     *
     * @return every key null
     */
    public static StoredCredentials none() {
        return new StoredCredentials(null, null, null, null, null);
    }

    @Override
    public String toString() {
        return "StoredCredentials[]";
    }
}
