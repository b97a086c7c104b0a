/**
 * The file of a recorded feed: its lines as values, read and written. Who records and who replays is not known here.
 */
package org.imsession.simulator.recording;
