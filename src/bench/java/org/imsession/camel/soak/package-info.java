/**
 * The soak: a process that follows agents while everything that can go wrong does, at random, for as long as wanted,
 * and a ledger that accounts for every event by number. Run by hand, see {@link org.imsession.camel.soak.Soak}; nothing
 * here is a test of the suite.
 */
package org.imsession.camel.soak;
