/**
 * The simulated gateway in front of the fleet's engines: who asked, and one event per ended
 * request, posted to an agent's intake.
 */
package io.tokenwatt.quickstart.fleet.gateway;
