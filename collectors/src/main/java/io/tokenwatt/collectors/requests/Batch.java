package io.tokenwatt.collectors.requests;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tokenwatt.model.proto.RequestEvent;
import io.tokenwatt.model.proto.Resolution;
import io.tokenwatt.model.proto.Server;
import io.tokenwatt.model.proto.otlp.ExportTraceServiceRequest;
import io.tokenwatt.model.proto.otlp.KeyValue;
import io.tokenwatt.model.proto.otlp.ResourceSpans;
import io.tokenwatt.model.proto.otlp.ScopeSpans;
import io.tokenwatt.model.proto.otlp.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The events of one body, taken and not taken. For one thread. */
final class Batch {
  /**
   * @param number line or span, from 1
   * @param bytes size of the line; 0 for a span
   */
  record Rejected(int number, EventRejected why, int bytes) {}

  final List<RequestEvent> events = new ArrayList<>();
  final List<Rejected> rejected = new ArrayList<>();
  int ignored;
  int unresolved;
  private int number;

  private final IntakeParts parts;

  private Batch(IntakeParts parts) {
    this.parts = parts;
  }

  /** Lines end with LF or CRLF; blank ones do not count as events. */
  static Batch ndjson(byte[] body, IntakeParts parts) {
    Batch batch = new Batch(parts);
    int start = 0;
    while (start < body.length) {
      int end = start;
      while (end < body.length && body[end] != '\n') {
        end++;
      }
      batch.line(body, start, end - start);
      start = end + 1;
    }
    return batch;
  }

  static Batch protobuf(byte[] body, IntakeParts parts) throws InvalidProtocolBufferException {
    return spans(ExportTraceServiceRequest.parseFrom(body), parts);
  }

  static Batch json(byte[] body, IntakeParts parts) throws IOException {
    return spans(OtlpJson.parse(body), parts);
  }

  private static Batch spans(ExportTraceServiceRequest request, IntakeParts parts) {
    Batch batch = new Batch(parts);
    for (ResourceSpans resource : request.getResourceSpansList()) {
      List<KeyValue> attributes = resource.getResource().getAttributesList();
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        scope.getSpansList().forEach(span -> batch.span(attributes, span));
      }
    }
    return batch;
  }

  private void line(byte[] body, int start, int length) {
    number++;
    if (isBlank(body, start, length)) {
      return;
    }
    try {
      take(NdjsonLine.parse(body, start, length));
    } catch (EventRejected e) {
      rejected.add(new Rejected(number, e, length));
    }
  }

  private void span(List<KeyValue> resource, Span span) {
    number++;
    try {
      Optional<EventDraft> draft = SpanReader.read(resource, span);
      if (draft.isPresent()) {
        take(draft.get());
      } else {
        ignored++;
      }
    } catch (EventRejected e) {
      rejected.add(new Rejected(number, e, span.getSerializedSize()));
    }
  }

  private void take(EventDraft draft) throws EventRejected {
    RequestEvent.Builder event = draft.finish(parts.tenants(), parts.spec().counted());
    Told told = draft.servedBy().or(parts.spec().defaults());
    Server server = parts.servers().resolve(told, event.getModelName());
    if (server.getResolution() == Resolution.RESOLUTION_UNSPECIFIED) {
      unresolved++;
    }
    events.add(event.setServer(server).setAgent(parts.agent()).build());
  }

  private static boolean isBlank(byte[] body, int start, int length) {
    for (int i = start; i < start + length; i++) {
      if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r') {
        return false;
      }
    }
    return true;
  }
}
