package org.imsession.camel.gws;

/**
 * Whether the same request can succeed later if it was answered with that status and without a word of GWS itself: a
 * page, or nothing. Reasons by RFC 9110 and, where it is silent, by who sends it.
 */
final class HttpRetry {

    private HttpRetry() {
    }

    /** @param status from 400 to 599 */
    static boolean canHelp(int status) {
        return switch (status) {
            case 404 -> true; // Tomcat and gateways say so while GWS is being deployed
            case 408 -> true; // the server waited too long for the request: it was not whole
            case 409 -> true; // a conflict with the state of the moment
            case 421 -> true; // this connection leads to the wrong server; another may not
            case 423 -> true; // locked, for a while
            case 425 -> true; // too early for this connection
            case 429 -> true; // too many requests
            case 499 -> true; // nginx: the one before it hung up
            // 400, 405, 406, 411, 412, 414, 415, 416, 417, 422, 424, 426, 428: the request itself is wanted otherwise
            // 401, 402, 403, 407, 451: it is not allowed; 410: gone for good
            // 413, 431: body or head is too large, and is as large the next time
            // any other 4xx is to be read as 400 (RFC 9110, 15)
            case 501, 505, 506, 510 -> false; // the server cannot do that, in this version of HTTP, or is misconfigured
            case 507 -> false; // not before somebody has made room (RFC 4918, 11.5)
            case 508 -> false; // an endless loop in the configuration
            case 511 -> false; // somebody must sign in at the network first
            case 525, 526 -> false; // Cloudflare: the certificate of the server behind it
            // 500, 502, 503, 504, and any other 5xx, to be read as 500: the server failed in this moment
            default -> status >= 500;
        };
    }
}
