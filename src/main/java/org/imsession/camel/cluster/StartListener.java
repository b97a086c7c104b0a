package org.imsession.camel.cluster;

/** Hears how the start of a consumer went that was made while this node leads; implemented by the route's health check. */
public interface StartListener {

    /** It has started. */
    void started();

    /** It could not start, and why. */
    void failed(Exception reason);
}
