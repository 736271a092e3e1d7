/** Change events: those that are told, read from Kafka, joined with those that were detected. */
package io.tokenwatt.jobs.events;
