package org.imsession.camel;

import org.apache.camel.support.DefaultHeaderFilterStrategy;

/**
 * Keeps Camel's own headers off the wire, in both directions and whatever their case. Camel's default strategy filters
 * nothing before 4.21, so everything is said here.
 */
final class IMSessionHeaderFilterStrategy extends DefaultHeaderFilterStrategy {

    IMSessionHeaderFilterStrategy() {
        setLowerCase(true);
        setInFilterStartsWith(CAMEL_FILTER_STARTS_WITH);
        setOutFilterStartsWith(CAMEL_FILTER_STARTS_WITH);
    }
}
