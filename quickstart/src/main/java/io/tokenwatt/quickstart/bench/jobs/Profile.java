package io.tokenwatt.quickstart.bench.jobs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/** Where a job's time went, by Flight Recorder: samples of threads that ran Java. */
final class Profile {
  private static final int TASKS = 8;
  private static final int FRAMES = 25;

  private Profile() {}

  /** Lines for people: shares of tasks, then of methods, each with its task. */
  static List<String> read(Path file) throws IOException {
    Map<String, Long> tasks = new HashMap<>();
    Map<String, Long> frames = new HashMap<>();
    long all = 0;
    try (RecordingFile recording = new RecordingFile(file)) {
      while (recording.hasMoreEvents()) {
        RecordedEvent event = recording.readEvent();
        if (event.getEventType().getName().equals("jdk.ExecutionSample")
            && event.getStackTrace() != null) {
          String task = task(event.getThread("sampledThread").getJavaName());
          all++;
          tasks.merge(task, 1L, Long::sum);
          frames.merge(task + ": " + top(event), 1L, Long::sum);
        }
      }
    }
    List<String> lines = new ArrayList<>();
    lines.addAll(top("profile, tasks", tasks, all, TASKS));
    lines.addAll(top("profile", frames, all, FRAMES));
    return lines;
  }

  /** Flink names a thread after the operators of its task; subtasks count together. */
  private static String task(String thread) {
    if (thread == null) {
      return "?";
    }
    String name = thread.replaceAll(" \\(\\d+/\\d+\\)#\\d+.*", "").replaceAll("[-\\d]+$", "");
    return name.length() > 40 ? name.substring(0, 40) + "…" : name;
  }

  /** The method that ran, and the first of ours that called it. */
  private static String top(RecordedEvent event) {
    List<RecordedFrame> stack = event.getStackTrace().getFrames();
    String own = name(stack.get(0).getMethod());
    for (RecordedFrame frame : stack) {
      if (frame.getMethod().getType().getName().startsWith("io.tokenwatt")) {
        String ours = name(frame.getMethod());
        return ours.equals(own) ? own : own + " < " + ours;
      }
    }
    return own;
  }

  private static String name(RecordedMethod method) {
    String type = method.getType().getName();
    return type.substring(type.lastIndexOf('.') + 1) + "." + method.getName();
  }

  private static List<String> top(String what, Map<String, Long> counts, long all, int most) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(most)
        .map(e -> "%s: %.1f %% %s".formatted(what, 100.0 * e.getValue() / all, e.getKey()))
        .toList();
  }
}
