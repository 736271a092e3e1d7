/** Topic tokenwatt.rejects as a person uses it: command {@code rejects}. */
package io.tokenwatt.jobs.rejects;
