package io.tokenwatt.jobs.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.Quality;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BoardAllocatorTest {
  private static final Cell FREE = cell(Cell.UNALLOCATED);

  private static Cell cell(String workload) {
    return new Cell("eu", "", "", "", "", "A100", "", "", workload, "", "", "", "", "", "");
  }

  private static Tenancy.Claim claim(String workload) {
    return new Tenancy.Claim(Holder.of(cell(workload)), BoardState.BUSY, workload, 1, -1, false);
  }

  @Test
  void energyAndTimeAreConservedOverRandomTopologies() {
    long seed = Long.getLong("tokenwatt.seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 5_000; round++) {
      List<Tenancy> rows = new ArrayList<>();
      for (int i = random.nextInt(7); i >= 0; i--) {
        List<Tenancy.Claim> claims = new ArrayList<>();
        for (int c = random.nextInt(4); c > 0; c--) {
          claims.add(
              new Tenancy.Claim(
                  Holder.of(cell("w" + random.nextInt(4))),
                  BoardState.BUSY,
                  "o" + random.nextInt(3),
                  random.nextInt(1000),
                  random.nextInt(3) == 0 ? -1 : random.nextInt(1_000_001),
                  random.nextInt(9) == 0));
        }
        rows.add(
            new Tenancy(
                claims,
                1 + random.nextInt(7),
                random.nextInt(5) == 0 ? -1 : random.nextInt(1_000_001)));
      }
      Allocation allocation = BoardAllocator.allocate(rows, FREE);
      long mj = random.nextLong(10_000_000);
      long from = 1_700_000_000_000L + random.nextInt(9_000);
      long to = from + 1 + random.nextInt((int) (1_700_000_010_000L - from));
      assertThat(Arrays.stream(allocation.splitEnergy(mj)).sum()).as("seed %d", seed).isEqualTo(mj);
      assertThat(Arrays.stream(allocation.splitTime(from, to)).sum())
          .as("seed %d", seed)
          .isEqualTo(to - from);
      long cut = from + (to - from) / 3;
      long[] whole = allocation.splitTime(from, to);
      long[] first = allocation.splitTime(from, cut);
      long[] second = allocation.splitTime(cut, to);
      for (int i = 0; i < whole.length; i++) {
        assertThat(first[i] + second[i]).as("time cut anywhere, seed %d", seed).isEqualTo(whole[i]);
      }
    }
  }

  @Test
  void instancesShareEnergyByActivityTimesSlicesAndTimeBySlices() {
    Allocation a =
        BoardAllocator.allocate(
            List.of(
                new Tenancy(List.of(claim("big")), 2, 250_000),
                new Tenancy(List.of(claim("small")), 1, 1_000_000),
                new Tenancy(List.of(), 4, 0)),
            FREE);
    assertThat(a.method()).isEqualTo("mig_activity");
    assertThat(a.splitEnergy(300)).containsExactly(100, 200, 0);
    assertThat(a.splitTime(0, 7000)).containsExactly(2000, 1000, 4000);
  }

  @Test
  void idleInstancesShareEnergyBySlices() {
    Allocation a =
        BoardAllocator.allocate(
            List.of(new Tenancy(List.of(claim("x")), 3, 0), new Tenancy(List.of(claim("y")), 4, 0)),
            FREE);
    assertThat(a.method()).isEqualTo("mig_size");
    assertThat(a.splitEnergy(700)).containsExactly(300, 400);
  }

  @Test
  void twoOwnersOfOneBoardShareEquallyAndItIsFlagged() {
    Allocation a =
        BoardAllocator.allocate(List.of(new Tenancy(List.of(claim("x"), claim("y")), 1, -1)), FREE);
    assertThat(a.splitEnergy(100)).containsExactly(50, 50);
    assertThat(a.flags() & Quality.SHARED_EQUALLY.bit()).isNotZero();
    assertThat(a.method()).isEqualTo("equal");
  }

  @Test
  void slicesComeFromTheProfilesName() {
    assertThat(MigProfile.slices("3g.20gb")).isEqualTo(3);
    assertThat(MigProfile.slices("1c.2g.10gb")).isEqualTo(2);
    assertThat(MigProfile.slices("1g.12gb+me")).isEqualTo(1);
    assertThat(MigProfile.slices("")).isEqualTo(1);
  }

  private static Tenancy.Claim using(String workload, long utilPpm) {
    return new Tenancy.Claim(
        Holder.of(cell(workload)), BoardState.BUSY, workload, 1, utilPpm, false);
  }

  private static boolean measured(Allocation allocation) {
    return allocation.shares().stream().allMatch(Share::measured);
  }

  @Test
  void ownersWhoseProcessesAreMeteredShareEnergyByUseAndTimeByTheirSlots() {
    Allocation a =
        BoardAllocator.allocate(
            List.of(new Tenancy(List.of(using("x", 600_000), using("y", 200_000)), 1, -1)), FREE);
    assertThat(a.splitEnergy(400)).containsExactly(300, 100);
    assertThat(a.splitTime(0, 1000)).containsExactly(500, 500);
    assertThat(a.method()).isEqualTo("process_util");
    assertThat(a.flags()).isZero();
    assertThat(measured(a)).isTrue();
  }

  @Test
  void oneUnknownUseMakesAllPartsEqualAndSaysSo() {
    Allocation a =
        BoardAllocator.allocate(
            List.of(new Tenancy(List.of(using("x", 600_000), using("y", -1)), 1, -1)), FREE);
    assertThat(a.splitEnergy(400)).containsExactly(200, 200);
    assertThat(a.method()).isEqualTo("equal");
    assertThat(a.flags()).isEqualTo(Quality.SHARED_EQUALLY.bit());
    assertThat(measured(a)).isFalse();
  }

  @Test
  void ownersThatAreAllIdleShareEquallyWithoutDoubt() {
    Allocation a =
        BoardAllocator.allocate(
            List.of(new Tenancy(List.of(using("x", 0), using("y", 0)), 1, -1)), FREE);
    assertThat(a.splitEnergy(401)).containsExactly(201, 200);
    assertThat(a.flags()).isZero();
    assertThat(measured(a)).as("a rule, no reading").isFalse();
  }

  @Test
  void aSlotOfAnInstanceIsSharedByUseWithinTheInstance() {
    Allocation a =
        BoardAllocator.allocate(
            List.of(
                new Tenancy(List.of(using("x", 300_000), using("y", 100_000)), 1, 1_000_000),
                new Tenancy(List.of(claim("z")), 1, 1_000_000)),
            FREE);
    assertThat(a.splitEnergy(800)).containsExactly(300, 100, 400);
    assertThat(a.method()).isEqualTo("mig_activity");
    assertThat(measured(a)).isTrue();
  }

  @Test
  void modelsOfOneEngineShareItsBoardsByTokensFlagged() {
    Allocation a =
        BoardAllocator.allocate(
            List.of(
                new Tenancy(
                    List.of(
                        new Tenancy.Claim(
                            Holder.of(cell("m1")), BoardState.BUSY, "one", 900, -1, false),
                        new Tenancy.Claim(
                            Holder.of(cell("m2")), BoardState.BUSY, "one", 100, -1, false)),
                    1,
                    -1)),
            FREE);
    assertThat(a.splitEnergy(1000)).containsExactly(900, 100);
    assertThat(a.method()).isEqualTo("tokens");
    assertThat(a.flags()).isEqualTo(Quality.SHARED_BY_TOKENS.bit());
    assertThat(measured(a)).isFalse();
  }

  @Test
  void onlyToldOrReadOwnersAreMeasured() {
    Tenancy.Claim assumed =
        new Tenancy.Claim(Holder.of(cell("x")), BoardState.BUSY, "x", 1, -1, true);
    Tenancy.Claim unknown =
        new Tenancy.Claim(
            Holder.of(cell(Cell.UNATTRIBUTED)), BoardState.UNKNOWN, "?", 1, -1, false);
    assertThat(measured(BoardAllocator.allocate(List.of(row(assumed)), FREE))).isFalse();
    assertThat(measured(BoardAllocator.allocate(List.of(row(unknown)), FREE))).isFalse();
    assertThat(measured(BoardAllocator.allocate(List.of(row(claim("x"))), FREE))).isTrue();
    assertThat(measured(BoardAllocator.allocate(List.of(new Tenancy(List.of(), 1, -1)), FREE)))
        .as("nobody is told to hold it")
        .isTrue();
  }

  private static Tenancy row(Tenancy.Claim claim) {
    return new Tenancy(List.of(claim), 1, -1);
  }
}
