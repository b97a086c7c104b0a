/**
 * JSON text to notification and back: strict in syntax, bounded in size, and without loss of numbers, order or
 * unknown members. Jackson does the parsing here; its {@code JsonNode} is the only type of it that goes out. Nothing
 * here knows CometD, HTTP or Camel.
 */
package org.imsession.camel.json;
