package io.tokenwatt.storage;

/**
 * One row of {@code alert_deliveries}; times in Unix ms.
 *
 * @param notification id that the message carries
 * @param state waiting, sent, refused or dropped
 * @param answer the receiver's last one; must hold no secret
 */
public record AlertDelivery(
    String notification,
    String receiver,
    String dedupKey,
    long startedMs,
    String transition,
    String state,
    long attempts,
    long attemptedMs,
    String answer,
    long version) {}
