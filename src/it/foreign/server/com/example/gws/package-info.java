/**
 * A small GWS: login, list of IM sessions, CometD with the ack extension, and a door through which a test publishes. It
 * compiles on CometD 2.9, 4 and, with other names of packages, 9, and knows nothing of the component or its simulator.
 */
package com.example.gws;
