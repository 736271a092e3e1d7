package io.tokenwatt.dashboards.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.dashboards.source.Head;
import io.tokenwatt.dashboards.source.Panel;
import io.tokenwatt.dashboards.source.Row;
import io.tokenwatt.dashboards.source.TextBox;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LayoutTest {
  @Test
  void panelsOfAnySizeNeverOverlapAndStayInTheirOrder() {
    long seed = new Random().nextLong();
    System.out.println("LayoutTest seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      Layout layout = new Layout();
      Set<String> taken = new HashSet<>();
      int last = -1;
      for (int r = 0; r < 3; r++) {
        Layout.Placed placed = layout.place(new Row(1, "row", false, panels(random)));
        List<Map<String, Object>> all = new ArrayList<>(List.of(placed.heading()));
        all.addAll(placed.panels());
        for (Map<String, Object> at : all) {
          assertThat((int) at.get("x") + (int) at.get("w")).isLessThanOrEqualTo(24);
          int order = (int) at.get("y") * 24 + (int) at.get("x");
          assertThat(order).as("seed " + seed).isGreaterThan(last);
          last = order;
          take(at, taken, seed);
        }
      }
    }
  }

  @Test
  void whatIsBelowACollapsedRowMovesUp() {
    Layout layout = new Layout();
    layout.place(new Row(1, "closed", true, panels(new Random(1))));
    assertThat(layout.place(new Row(2, "next", false, List.of())).heading()).containsEntry("y", 1);
  }

  private static void take(Map<String, Object> at, Set<String> taken, long seed) {
    for (int x = (int) at.get("x"); x < (int) at.get("x") + (int) at.get("w"); x++) {
      for (int y = (int) at.get("y"); y < (int) at.get("y") + (int) at.get("h"); y++) {
        assertThat(taken.add(x + "," + y)).as("seed " + seed).isTrue();
      }
    }
  }

  private static List<Panel> panels(Random random) {
    List<Panel> panels = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(8); i++) {
      Head head = Head.of(i + 1, "p", "").size(1 + random.nextInt(24), 2 + random.nextInt(9));
      panels.add(new TextBox(head, "x"));
    }
    return panels;
  }
}
