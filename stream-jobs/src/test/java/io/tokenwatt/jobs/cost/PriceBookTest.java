package io.tokenwatt.jobs.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tokenwatt.model.Cell;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriceBookTest {
  private static final long HOUR = 3_600_000;
  private static final Cell CELL =
      new Cell("us", "", "", "aws", "on_demand", "H200", "", "", "", "", "", "", "", "", "");

  private static PriceEntry price(String region, long fromHour, long microusd) {
    return new PriceEntry("aws", region, "H200", "on_demand", fromHour * HOUR, microusd);
  }

  /**
   * InferenceX-app, chart-utils.test.ts: 2.8 $/GPU-h at 1000 tok/s per GPU are 2.8 / 3.6 $ per
   * Mtok.
   */
  @Test
  void dollarsPerMillionTokensEqualInferenceXsVector() {
    PriceBook book = new PriceBook(List.of(price("us", 0, 2_800_000)));
    long microusd = book.microusd(CELL, HOUR, 5 * HOUR).orElseThrow();
    long tokens = 1000 * 3600;
    assertThat((double) microusd / tokens).isCloseTo(2.8 / 3.6, within(1e-9));
  }

  /**
   * EXPECTED.md A: 8 GPUs at 1.41 $/GPU-h and 23113.14 tok/s are 0.135565 $ per million output
   * tokens.
   */
  @Test
  void theMlperfExampleComesOutToSixDigits() {
    PriceBook book = new PriceBook(List.of(price("us", 0, 1_410_000)));
    long microusd = book.microusd(CELL, 8 * HOUR, 5 * HOUR).orElseThrow();
    assertThat(microusd / 83_207_304.0).isCloseTo(0.135565, within(1e-6));
  }

  @Test
  void aPriceHoldsFromItsHourUntilTheNext() {
    PriceBook book = new PriceBook(List.of(price("us", 10, 1_000_000), price("us", 20, 2_000_000)));
    assertThat(book.microusd(CELL, HOUR, 10 * HOUR - 10_000)).isEmpty();
    assertThat(book.microusd(CELL, HOUR, 10 * HOUR)).hasValue(1_000_000);
    assertThat(book.microusd(CELL, HOUR, 20 * HOUR - 10_000)).hasValue(1_000_000);
    assertThat(book.microusd(CELL, HOUR, 20 * HOUR)).hasValue(2_000_000);
  }

  @Test
  void anEndedPriceIsNoPriceUntilTheNextAndAllRegionsPriceFillsTheGap() {
    List<PriceEntry> ended =
        List.of(price("us", 10, 1_000_000), price("us", 20, -1), price("us", 30, 3_000_000));
    PriceBook book = new PriceBook(ended);
    assertThat(book.microusd(CELL, HOUR, 20 * HOUR)).isEmpty();
    assertThat(book.microusd(CELL, HOUR, 30 * HOUR)).hasValue(3_000_000);
    List<PriceEntry> both = new ArrayList<>(ended);
    both.add(price("", 0, 7_000_000));
    assertThat(new PriceBook(both).microusd(CELL, HOUR, 20 * HOUR)).hasValue(7_000_000);
    assertThat(new PriceBook(both).microusd(CELL, HOUR, 10 * HOUR)).hasValue(1_000_000);
  }

  @Test
  void anotherRegionsPriceIsNoPrice() {
    assertThat(new PriceBook(List.of(price("eu", 0, 1))).microusd(CELL, HOUR, HOUR)).isEmpty();
    assertThat(new PriceBook(List.of()).version()).isZero();
  }
}
