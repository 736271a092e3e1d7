package io.tokenwatt.quickstart;

/** Where to look further. */
final class Links {
  private final Quickstart quickstart;

  Links(Quickstart quickstart) {
    this.quickstart = quickstart;
  }

  void print(Progress progress) {
    progress.say(
        "SQL      %s/play   (user default, no password; native port %d)",
        quickstart.httpUrl(), quickstart.nativePort());
    progress.say("         SELECT * FROM tokenwatt.efficiency(window_s = 60) ORDER BY time DESC");
    progress.say("reports  ./tokenwatt report --list; for instance");
    progress.say("         ./tokenwatt report cost-audit --last 1h --url %s", quickstart.httpUrl());
    progress.say("charts   %s", quickstart.dashboardUrl());
    progress.say("Flink    %s", quickstart.flinkUrl());
    progress.say("agent    http:/%s/metrics", quickstart.agent().statusAddress());
  }
}
