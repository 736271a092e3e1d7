package io.tokenwatt.jobs.efficiency;

/** A record that was not counted, whole, with its reason: what goes to tokenwatt.rejects. */
public record RejectedRecord(RawRecord record, String reason, String detail) {}
