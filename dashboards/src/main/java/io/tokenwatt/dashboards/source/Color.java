package io.tokenwatt.dashboards.source;

/**
 * Eight colours that people with any common colour blindness tell apart (Okabe and Ito, 2008), and
 * a grey. Blue means good, orange attention, vermilion bad: never green against red.
 */
public enum Color {
  BLUE("#0072B2"),
  SKY("#56B4E9"),
  GREEN("#009E73"),
  YELLOW("#F0E442"),
  ORANGE("#E69F00"),
  VERMILION("#D55E00"),
  PURPLE("#CC79A7"),
  GREY("#8E8E8E");

  private final String hex;

  Color(String hex) {
    this.hex = hex;
  }

  public String hex() {
    return hex;
  }
}
