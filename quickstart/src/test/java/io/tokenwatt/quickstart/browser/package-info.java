/** A real browser, for what only a person would see. */
package io.tokenwatt.quickstart.browser;
