/**
 * Files with secrets in them: who else may touch one, how it is made and how it is read. Internal; knows no agent.
 */
package org.imsession.camel.files;
