/**
 * Reads one YAML file into typed values and lists every problem with its line. Start at {@link
 * io.tokenwatt.config.ConfigReader}.
 */
package io.tokenwatt.config;
