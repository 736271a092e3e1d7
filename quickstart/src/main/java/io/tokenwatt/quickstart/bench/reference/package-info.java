/** Pure: rules that others would write on the same input, evaluated as Prometheus would. */
package io.tokenwatt.quickstart.bench.reference;
