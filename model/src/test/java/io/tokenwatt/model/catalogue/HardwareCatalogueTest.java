package io.tokenwatt.model.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HardwareCatalogueTest {
  private static final HardwareCatalogue STANDARD = HardwareCatalogue.standard();

  /** Names as DCGM, nvidia-smi, GPU feature discovery and AMD's exporter print them. */
  @ParameterizedTest
  @CsvSource({
    "Tesla T4, T4",
    "Tesla V100-SXM2-16GB, V100-SXM2-16GB",
    "Tesla V100-PCIE-32GB, V100-PCIe-32GB",
    "NVIDIA A10, A10",
    "NVIDIA A10G, A10G",
    "NVIDIA A30, A30",
    "NVIDIA A100-SXM4-40GB, A100-SXM4-40GB",
    "NVIDIA A100-SXM4-80GB, A100-SXM4-80GB",
    "A100-SXM-80GB, A100-SXM4-80GB",
    "NVIDIA-A100-SXM4-40GB-MIG-1g.5gb, A100-SXM4-40GB",
    "NVIDIA A100-PCIE-40GB, A100-PCIe-40GB",
    "NVIDIA A100 80GB PCIe, A100-PCIe-80GB",
    "NVIDIA L4, L4",
    "NVIDIA L40, L40",
    "NVIDIA L40S, L40S",
    "NVIDIA H100 80GB HBM3, H100-SXM",
    "nvidia h100 sxm5, H100-SXM",
    "NVIDIA H100 PCIe, H100-PCIe",
    "NVIDIA H100 NVL, H100-NVL",
    "NVIDIA H200, H200",
    "NVIDIA H200 NVL, H200-NVL",
    "NVIDIA GH200 480GB, GH200-96GB",
    "NVIDIA GH200 144G HBM3e, GH200-144GB",
    "NVIDIA B200, B200",
    "NVIDIA GB200, GB200",
    "NVIDIA B300 SXM6 AC, B300",
    "NVIDIA GB300, GB300",
    "NVIDIA RTX PRO 6000 Blackwell Server Edition, RTX-PRO-6000",
    "NVIDIA RTX PRO 6000 Blackwell Max-Q Workstation Edition, RTX-PRO-6000-Max-Q",
    "AMD Instinct MI210, MI210",
    "AMD INSTINCT MI250X, MI250X",
    "AMD Instinct MI300A, MI300A",
    "AMD_Instinct_MI300X_OAM, MI300X",
    "AMD Instinct MI325X, MI325X",
    "AMD Instinct MI350X, MI350X",
    "AMD Instinct MI355X, MI355X"
  })
  void reportedNamesFindTheirBoard(String reported, String name) {
    assertThat(STANDARD.resolve(reported).name()).isEqualTo(name);
  }

  /** The oracle is the table in METRICS.md section 11, typed here a second time. */
  @ParameterizedTest
  @CsvSource({
    "A100-SXM4-40GB, 1555",
    "A100-SXM4-80GB, 2039",
    "H100 80GB HBM3, 3350",
    "H200, 4800",
    "B200, 8000",
    "GB300, 8000",
    "L40S, 864",
    "L4, 300",
    "MI300X, 5300",
    "MI325X, 6000",
    "MI355X, 8000"
  })
  void bandwidthIsTheSourcesFigure(String reported, double peakGBps) {
    assertThat(STANDARD.resolve(reported).peakGBps()).isEqualTo(OptionalDouble.of(peakGBps));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Tesla T4", "A10", "Tesla V100-SXM2-16GB", "H100 PCIe", "H100 NVL", "GH200 480GB"})
  void bandwidthWithoutSourceIsUnknownRatherThanGuessed(String reported) {
    assertThat(STANDARD.resolve(reported).peakGBps()).isEmpty();
  }

  @Test
  void aBoardCarriesItsMemoryAndPower() {
    assertThat(STANDARD.resolve("NVIDIA H100 80GB HBM3"))
        .isEqualTo(new Hardware("H100-SXM", OptionalDouble.of(3350), 80, 700));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NVIDIA H100 64GB HBM2", "NVIDIA X9000", "A100-SXM4", "TPU v5e"})
  void unknownBoardsKeepTheirOwnNameAndHaveNoFigures(String reported) {
    assertThat(STANDARD.resolve("  " + reported + " ")).isEqualTo(Hardware.unknown(reported));
  }

  @Test
  void theEmptyNameStaysEmpty() {
    assertThat(STANDARD.resolve(" ")).isEqualTo(Hardware.unknown(""));
  }

  @Test
  void everyBoardIsFoundByItsOwnName() {
    assertThat(STANDARD.all())
        .isNotEmpty()
        .allSatisfy(board -> assertThat(STANDARD.resolve(board.name())).isEqualTo(board));
  }

  @Test
  void aUsersRowsComeFirst(@TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("hardware.csv"),
            """
            # ours
            pattern,name,peak_gb_per_s,memory_gib,board_power_w
            h100 pcie,H100-PCIe,2000,80,310
            x9000,X9000,,,
            """);
    HardwareCatalogue ours = STANDARD.withOverrides(file);
    assertThat(ours.resolve("NVIDIA H100 PCIe").boardPowerW()).isEqualTo(310);
    assertThat(ours.resolve("NVIDIA X9000")).isEqualTo(Hardware.unknown("X9000"));
    assertThat(ours.resolve("Tesla T4").name()).isEqualTo("T4");
    assertThat(STANDARD.resolve("NVIDIA H100 PCIe").boardPowerW()).isEqualTo(350);
  }

  @Test
  void everyBadRowIsNamedWithFileAndLine(@TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("mine.csv"),
            """
            pattern,name,peak_gb_per_s,memory_gib,board_power_w

            t4,T4,fast,16,70
            t4,T4,320
            t4,,320,16,70
            h100-sxm,H100,3350,80,700
            t4,T4,320,16,70.5
            t4,"T4",320,16,70
            """);
    assertThatThrownBy(() -> STANDARD.withOverrides(file))
        .isInstanceOf(CatalogueException.class)
        .message()
        .satisfies(message -> assertThat(message.lines()).hasSize(6))
        .contains(
            file + ":3: peak_gb_per_s 'fast' is not a positive number",
            file + ":4: 3 fields, expected 5",
            file + ":5: name is empty",
            file + ":6: pattern 'h100-sxm': 'h100-sxm' is not a word",
            file + ":7: board_power_w '70.5' is not a whole positive number",
            file + ":8: quotes are not known here");
  }

  @Test
  void aWrongHeaderAMissingOneAndAMissingFileAreNamed(@TempDir Path directory) throws IOException {
    Path wrong = Files.writeString(directory.resolve("w.csv"), "name,watts\n");
    Path empty = Files.writeString(directory.resolve("e.csv"), "# nothing\n");
    assertThatThrownBy(() -> STANDARD.withOverrides(wrong))
        .hasMessageContaining(wrong + ":1: the header is name,watts, expected pattern,");
    assertThatThrownBy(() -> STANDARD.withOverrides(empty)).hasMessageContaining("no header");
    assertThatThrownBy(() -> STANDARD.withOverrides(directory.resolve("gone.csv")))
        .isInstanceOf(CatalogueException.class)
        .hasMessageContaining("gone.csv: cannot be read");
  }
}
