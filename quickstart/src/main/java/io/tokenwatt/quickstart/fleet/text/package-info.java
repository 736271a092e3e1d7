/**
 * The exporters' exact text: dcgm-exporter's Go template and vLLM's prometheus_client, each with
 * its own number format. The parts that never change are rendered once.
 */
package io.tokenwatt.quickstart.fleet.text;
