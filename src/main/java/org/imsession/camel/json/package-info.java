/**
 * JSON text to notification and back: strict in syntax, bounded in size, and without loss of numbers, order or
 * unknown members. Jackson is used here and nowhere above; nothing here knows CometD, HTTP or Camel.
 */
package org.imsession.camel.json;
