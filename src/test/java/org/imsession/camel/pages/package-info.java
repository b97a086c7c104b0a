/**
 * What is printed in README.md and the manual (src/main/docs), held against the component: nothing on a page that
 * cannot be compiled, loaded, bound or followed. The shell blocks are run by src/it/pages.
 */
package org.imsession.camel.pages;
