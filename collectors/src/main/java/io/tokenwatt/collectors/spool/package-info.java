/**
 * Records wait here on disk until Kafka has them.
 *
 * <p><b>Always written ahead, not only when Kafka is away.</b> Every record goes through the same
 * file whether a broker answers or not. So the order of live and waiting records is that of the
 * file and needs no rule; a kill -9 finds what was accepted on disk at any time and not only after
 * an outage was noticed; and what runs in an outage is what runs every day. It costs one write and
 * one read from the page cache per record. Once Kafka has all of a file it is deleted, mostly
 * before the kernel has written it to the device. Nothing is fsynced: a process that is killed
 * loses nothing by that; a machine that loses power loses the last seconds, which cost resolution
 * and never totals, because readings are cumulative.
 *
 * <p><b>Why not Kafka's own buffer.</b> The producer tries again for as long as it is told and
 * keeps order, but in memory, without a way to drop the oldest first, and a restart loses it. It is
 * used for what it is good at: a short window of records under way.
 *
 * <p><b>Files.</b> {@code <number>.segment}, ascending; a header (magic, boot id, CRC32C) and
 * frames: length, CRC32C of length and payload, payload (steady ms, wall ms, key length, key,
 * value), big-endian. {@code acknowledged} holds the place up to which Kafka has everything. A
 * frame that is not whole ends its file: what follows is cut and counted, never read. At least
 * once: what was under way at a crash is sent again, and the jobs know it by (agent_run, seq).
 *
 * <p>Start at {@link io.tokenwatt.collectors.spool.Backlog}.
 */
package io.tokenwatt.collectors.spool;
