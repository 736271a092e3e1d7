package io.tokenwatt.quickstart.fleet.gateway;

/**
 * Who asked, and how.
 *
 * @param tenant an invented customer
 * @param serviceClass interactive or batch
 * @param adapter LoRA adapter; "" = none
 * @param networkUs there and back between client and gateway, microseconds
 * @param reasoningShare of the answer that is reasoning; 0 = the model does not reason
 */
record Caller(
    String tenant,
    String clientRegion,
    String serviceClass,
    String adapter,
    long networkUs,
    double reasoningShare) {}
