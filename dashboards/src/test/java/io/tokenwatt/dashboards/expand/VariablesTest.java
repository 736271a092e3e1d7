package io.tokenwatt.dashboards.expand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Grafana's documented formats; the plugin's tests of {@code $__conditionalAll}. */
class VariablesTest {
  private static final Variables SOME =
      new Variables(
          Map.of(
              "one", Choice.of("a"),
              "two", Choice.of("a", "b'c"),
              "all", Choice.all("'*'"),
              "options", new Choice(List.of(), "", List.of("x", "y"))));

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '"',
      value = {
        "$one # a",
        "${one} # a",
        "[[one]] # a",
        "${one:singlequote} # 'a'",
        "${two} # 'a','b'c'",
        "${two:singlequote} # 'a','b\\'c'",
        "${two:sqlstring} # 'a','b''c'",
        "${two:csv} # a,b'c",
        "${two:pipe} # a|b'c",
        "${two:queryparam} # var-two=a&var-two=b%27c",
        "${all:singlequote} # '*'",
        "${all} # '*'",
        "${all:queryparam} # var-all=$__all",
        "${options:singlequote} # 'x','y'",
        "$__interval_s $unknown ${unknown:csv} # $__interval_s $unknown ${unknown:csv}",
        "$__conditionalAll(c IN (${two:singlequote}), $two) # c IN ('a','b\\'c')",
        "$__conditionalAll(c IN (${all:singlequote}), $all) # 1=1",
        "$__conditionalAll($__conditionalAll(a, $all) OR b, $one) # 1=1 OR b"
      })
  void aReferenceBecomesWhatGrafanaMakesOfIt(String text, String replaced) {
    assertThat(SOME.replace(text)).isEqualTo(replaced);
  }

  @Test
  void aFormatThatGrafanaDoesNotKnowIsRefused() {
    assertThatThrownBy(() -> SOME.replace("${one:singlequotes}"))
        .hasMessageContaining("variable format 'singlequotes' is none of");
  }

  @Test
  void conditionalAllTakesABareVariableOnly() {
    assertThatThrownBy(() -> SOME.replace("$__conditionalAll(a, ${one:csv})"))
        .hasMessageContaining("bare variable");
  }

  @Test
  void namesAreThoseOfVariablesAndMacros() {
    assertThat(Variables.names("$__fromTime ${region:singlequote} [[x]] ${__data.fields.model}"))
        .containsExactly("__fromTime", "region", "x", "__data");
  }
}
