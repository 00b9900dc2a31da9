package io.github.tandemfetch.source;

import io.github.tandemfetch.config.Environment;
import io.github.tandemfetch.config.ProxySettings;
import io.github.tandemfetch.config.TrustedCertificates;

/**
 * How this machine reaches the service.
 *
 * @param proxies which proxy a request goes by
 * @param certificates whom a secure connection trusts
 */
record NetworkAccess(ProxySettings proxies, TrustedCertificates certificates) {
    static NetworkAccess of(Environment environment) {
        return new NetworkAccess(new ProxySettings(environment), new TrustedCertificates(environment));
    }
}
