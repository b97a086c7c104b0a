/**
 * Type converters and data type transformers between JSON and notifications, for Camel's registries. No JSON is
 * parsed here, that is {@code json}.
 */
package org.imsession.camel.converter;
