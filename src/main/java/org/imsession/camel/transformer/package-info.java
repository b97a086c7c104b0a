/**
 * The data type transformers, which routes name by {@code transformDataType} and nobody by class. Internal.
 */
package org.imsession.camel.transformer;
