/**
 * TLS as all our clients have it: PEM files in, {@code javax.net.ssl} or Kafka's properties out,
 * and a failed handshake in words.
 */
package io.tokenwatt.config.tls;
