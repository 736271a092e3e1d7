package io.tokenwatt.dashboards.source;

import java.util.List;

/** Markdown. */
public record TextBox(Head head, String markdown) implements Panel {
  public TextBox {
    markdown = markdown.strip();
  }

  @Override
  public List<Query> queries() {
    return List.of();
  }

  @Override
  public <T> T match(Visitor<T> visitor) {
    return visitor.text(this);
  }
}
