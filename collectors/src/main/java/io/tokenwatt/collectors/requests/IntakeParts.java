package io.tokenwatt.collectors.requests;

/**
 * What reading an event needs.
 *
 * @param agent node of this agent
 */
record IntakeParts(RequestsSpec spec, TenantKey tenants, ServerMemory servers, String agent) {}
