package io.tokenwatt.collectors.kubernetes;

import io.tokenwatt.collectors.scrape.Peer;
import io.tokenwatt.collectors.scrape.TargetSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;
import okhttp3.HttpUrl;

/**
 * An API server on a real socket that holds the pods of one node: list, watch with events and
 * bookmarks, 410 for a forgotten version, and whatever a test orders besides. Written from the
 * API's documentation ("Efficient detection of changes"); shares no code with the client.
 */
public final class ScriptedApi implements AutoCloseable {
  private static final Pattern VERSION = Pattern.compile("[?&]resourceVersion=(\\d*)");

  private record Event(long version, String json) {}

  private final Peer peer;
  private final String scheme;
  private final Map<String, String> pods = new LinkedHashMap<>();
  private final List<String> grouped = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private long version = 1000;
  private long oldest = 1000;
  private int status = 200;
  private int connection;
  private boolean goneAsEvent;

  public ScriptedApi() {
    scheme = "http";
    peer = Peer.of(this::answer);
  }

  /** Over TLS. */
  ScriptedApi(ServerSocketFactory sockets) {
    scheme = "https";
    peer = Peer.of(sockets, this::answer);
  }

  public HttpUrl url() {
    return TargetSpec.parse(scheme + "://127.0.0.1:" + peer.port());
  }

  public List<String> requests() {
    return peer.requests();
  }

  long lists() {
    return requests().stream()
        .filter(r -> r.startsWith("GET /api/v1/pods?") && !r.contains("watch=1"))
        .count();
  }

  /** Adds or changes a pod; tells those who watch. */
  public synchronized void put(PodJson pod) {
    version++;
    String type = pods.put(pod.key(), pod.json(version)) == null ? "ADDED" : "MODIFIED";
    tell("{\"type\":\"%s\",\"object\":%s}".formatted(type, pod.json(version)));
  }

  public synchronized void delete(PodJson pod) {
    version++;
    pods.remove(pod.key());
    tell("{\"type\":\"DELETED\",\"object\":%s}".formatted(pod.json(version)));
  }

  synchronized void bookmark() {
    version++;
    tell(
        "{\"type\":\"BOOKMARK\",\"object\":{\"kind\":\"Pod\",\"metadata\":{\"resourceVersion\":\"%d\"}}}"
            .formatted(version));
  }

  /** What happened before is forgotten: no watch can go on from there. */
  synchronized void compact(boolean asEvent) {
    version++;
    oldest = version;
    events.clear();
    goneAsEvent = asEvent;
  }

  /** A change that nobody is told of; only a list shows it. */
  synchronized void deleteUntold(PodJson pod) {
    version++;
    pods.remove(pod.key());
  }

  /** From now on every request is answered so; 200 = normally. */
  public synchronized void status(int code) {
    status = code;
    drop();
  }

  /** Ends all connections, in the middle of whatever they are doing. */
  public synchronized void drop() {
    connection++;
    notifyAll();
  }

  private void tell(String json) {
    events.add(new Event(version, json));
    notifyAll();
  }

  private void answer(String request, OutputStream out) throws IOException {
    String line = request.substring(0, request.indexOf("\r\n"));
    if (current() != 200) {
      String body =
          "{\"kind\":\"Status\",\"code\":%d,\"reason\":\"scripted\"}".formatted(current());
      out.write(Peer.response(current() + " X", "application/json", body));
      throw new IOException("scripted");
    }
    if (line.contains("watch=1")) {
      watch(from(line), out);
    } else if (line.contains("/namespaces/")) {
      out.write(Peer.response("200 OK", "application/json", elsewhere()));
    } else {
      out.write(Peer.response("200 OK", "application/json", list()));
    }
  }

  private synchronized int current() {
    return status;
  }

  /** The pods that a list by labels gives, on whatever nodes. */
  public synchronized void group(PodJson... all) {
    grouped.clear();
    for (PodJson pod : all) {
      grouped.add(pod.json(version));
    }
  }

  private synchronized String elsewhere() {
    return "{\"kind\":\"PodList\",\"metadata\":{\"resourceVersion\":\"%d\"},\"items\":[%s]}"
        .formatted(version, String.join(",", grouped));
  }

  private static long from(String line) {
    Matcher matcher = VERSION.matcher(line);
    return matcher.find() && !matcher.group(1).isEmpty() ? Long.parseLong(matcher.group(1)) : 0;
  }

  private synchronized String list() {
    return "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"%d\"},\"items\":[%s]}"
        .formatted(version, String.join(",", pods.values()));
  }

  private void watch(long from, OutputStream out) throws IOException {
    String gone =
        "{\"kind\":\"Status\",\"code\":410,\"reason\":\"Expired\",\"message\":\"too old\"}";
    synchronized (this) {
      if (from < oldest && !goneAsEvent) {
        out.write(Peer.response("410 Gone", "application/json", gone));
        return;
      }
    }
    out.write(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
            .getBytes(StandardCharsets.UTF_8));
    out.flush();
    synchronized (this) {
      if (from < oldest) {
        chunk(out, "{\"type\":\"ERROR\",\"object\":%s}".formatted(gone));
        out.write("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        return;
      }
      int mine = connection;
      long told = from;
      while (mine == connection) {
        for (Event event : List.copyOf(events)) {
          if (event.version > told) {
            chunk(out, event.json);
            told = event.version;
          }
        }
        try {
          wait(100);
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
    }
    throw new IOException("dropped");
  }

  private static void chunk(OutputStream out, String json) throws IOException {
    byte[] bytes = (json + "\n").getBytes(StandardCharsets.UTF_8);
    out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.write(bytes);
    out.write("\r\n".getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() {
    drop();
    peer.close();
  }
}
