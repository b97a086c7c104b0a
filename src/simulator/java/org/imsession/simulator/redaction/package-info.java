/**
 * What a recorder does to texts and names before anything is written: other characters of the same kind in their place.
 * Only what is known to be no text of people is kept, everything else goes.
 */
package org.imsession.simulator.redaction;
