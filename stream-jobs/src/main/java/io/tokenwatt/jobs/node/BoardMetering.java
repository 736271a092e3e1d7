package io.tokenwatt.jobs.node;

import io.tokenwatt.jobs.attribution.Allocation;
import io.tokenwatt.jobs.attribution.BoardAllocator;
import io.tokenwatt.jobs.attribution.Holder;
import io.tokenwatt.jobs.attribution.MigProfile;
import io.tokenwatt.jobs.attribution.Share;
import io.tokenwatt.jobs.attribution.Tenancy;
import io.tokenwatt.jobs.meter.CounterCheck;
import io.tokenwatt.jobs.meter.EnergyMeter;
import io.tokenwatt.jobs.meter.TimeModel;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.GpuMeasure;
import io.tokenwatt.model.NodeMeasure;
import io.tokenwatt.model.Quality;
import io.tokenwatt.model.Window;
import io.tokenwatt.model.proto.GpuMetric;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Meters the boards of one sample: who held them, their energy, their activity. */
final class BoardMetering {
  private final NodeState state;
  private final Owners owners;
  private final Naming naming;
  private final WindowBook book;
  private final PowerScopes scopes;
  private final long atMs;
  private final int flags;
  private final OptionalLong countFrom;

  BoardMetering(
      NodeState state,
      Owners owners,
      Naming naming,
      WindowBook book,
      PowerScopes scopes,
      long atMs,
      int flags,
      OptionalLong countFrom) {
    this.state = state;
    this.owners = owners;
    this.naming = naming;
    this.book = book;
    this.scopes = scopes;
    this.atMs = atMs;
    this.flags = flags;
    this.countFrom = countFrom;
  }

  void read(Map<String, BoardReading> boards) {
    boards.values().forEach(this::read);
  }

  private void read(BoardReading reading) {
    boolean first = !state.boards.containsKey(reading.gpu());
    NodeState.Board board =
        state.boards.computeIfAbsent(reading.gpu(), gpu -> new NodeState.Board());
    describe(board, reading);
    NodeState.Meter meter = board.meter;
    Allocation now = allocate(reading, board.hardware);
    expect(board, first ? null : meter.allocation, now);
    if (!first) {
      Interval since = new Interval(meter.seenMs, atMs);
      meter.timeline.add(new NodeState.Segment(meter.seenMs, atMs, now));
      if (atMs - meter.seenMs <= TimeModel.MAX_GAP_MS) {
        held(board, reading, since, now);
        new BoardGauges(book, naming, owners).read(board, reading, now, since);
      } else {
        gap(board, now);
      }
    }
    meter.allocation = now;
    meter.seenMs = atMs;
    OptionalLong energy = reading.max(GpuMetric.GPU_ENERGY_MILLIJOULES);
    OptionalLong power = reading.max(GpuMetric.GPU_POWER_MILLIWATTS);
    new EnergyMeter(meter.energy, EnergyMeter.BOARD_WATTS)
        .read(energy, power, atMs, countFrom).stream()
            .map(interval -> interval.readEvery(state.tickMs))
            .forEach(interval -> new EnergyFacts(book, meter, scopes).board(board, interval));
    new CounterCheck(board.check)
        .read(energy, power, atMs)
        .filter(CounterCheck.Verdict::contradicts)
        .ifPresent(verdict -> new BoardDoubts(state).contradiction(board.gpu, verdict));
    EnergyFacts.trim(meter, atMs);
  }

  private static void describe(NodeState.Board board, BoardReading reading) {
    board.gpu = reading.gpu();
    board.index = reading.index();
    board.driver = reading.driver();
    reading.max(GpuMetric.GPU_XID_LAST).ifPresent(xid -> board.xidLast = xid);
    reading
        .max(GpuMetric.GPU_THROTTLE_REASONS_BITMASK)
        .ifPresent(reasons -> board.throttleReasons = reasons);
  }

  private Allocation allocate(BoardReading reading, String known) {
    String hardware = naming.hardware(reading.modelName());
    state.boards.get(reading.gpu()).hardware =
        hardware.isEmpty() && known != null ? known : hardware;
    List<Tenancy> tenancies = new ArrayList<>();
    for (BoardReading.Row row : reading.holders()) {
      List<Tenancy.Claim> claims = new ArrayList<>();
      for (Owners.Owner owner : owners.ofRow(row.number())) {
        claims.addAll(claims(owner, row, hardware));
      }
      long active = row.value(GpuMetric.GPU_GR_ENGINE_ACTIVE_PPM);
      tenancies.add(new Tenancy(claims, MigProfile.slices(row.profile()), Math.max(-1, active)));
    }
    return BoardAllocator.allocate(tenancies, owners.unallocated(hardware));
  }

  private List<Tenancy.Claim> claims(Owners.Owner owner, BoardReading.Row row, String hardware) {
    return owners.models(owner).stream()
        .map(
            model ->
                new Tenancy.Claim(
                    owners.cell(owner, model, hardware),
                    owner.state,
                    owner.key,
                    owner.tokensByModel.getOrDefault(model, 0L),
                    owner.utilPpm(row.number()),
                    owner.isAssumed()))
        .toList();
  }

  private void expect(NodeState.Board board, Allocation before, Allocation now) {
    Expectation.seen(
        before,
        board.meter.seenMs,
        now,
        atMs,
        state.expectedUntilMs,
        Expectation.cells(book, CellMeasure.EXPECTED_MS),
        account(book, board));
  }

  /** Expected time of a board: in its cells and in its own row. */
  static Expectation.Account account(WindowBook book, NodeState.Board board) {
    Expectation.Account cells = Expectation.cells(book, CellMeasure.EXPECTED_MS);
    return (window, allocation, from, to, sign) -> {
      cells.expect(window, allocation, from, to, sign);
      book.gpu(window, board.gpu).amounts[GpuMeasure.EXPECTED_MS.ordinal()] += sign * (to - from);
    };
  }

  private void held(NodeState.Board board, BoardReading reading, Interval since, Allocation now) {
    since.perWindow(
        (window, from, to) -> {
          long[] parts = now.splitTime(from, to);
          for (int i = 0; i < parts.length; i++) {
            Share share = now.shares().get(i);
            WindowState.CellState cell = book.cell(window, share.cell());
            cell.amounts[CellMeasure.GPU_MS.ordinal()] += parts[i];
            cell.amounts[StateColumns.of(share.state()).ms().ordinal()] += parts[i];
            cell.quality |= flags | now.flags();
            cell.method = CellPart.joinedMethods(cell.method, now.method());
            cell.intervals++;
          }
          members(board, reading, window, to - from);
          spanning(now, window, parts);
          WindowState.GpuState gpu = book.gpu(window, board.gpu);
          gpu.quality |= flags | now.flags();
          gpu.workload = workloads(now);
          gpu.state = now.shares().get(0).state().label();
          gpu.intervals++;
        });
  }

  /** Which rows of the board work for engines that no node sees whole, and how large these are. */
  private void members(NodeState.Board board, BoardReading reading, long window, long ms) {
    for (BoardReading.Row row : reading.holders()) {
      for (Owners.Owner owner : owners.ofRow(row.number())) {
        Holder holder = owners.cell(owner, owners.models(owner).get(0), board.hardware);
        if (holder.isUnit()) {
          WindowState.Pair pair = book.cell(window, holder).pair;
          pair.heldMs.merge(board.gpu + '/' + row.instance(), ms, Long::sum);
          pair.boardsRequired = Math.max(pair.boardsRequired, owner.binding.getBoardsRequired());
          pair.nodesRequired = Math.max(pair.nodesRequired, owner.binding.getMembers());
        }
      }
    }
  }

  /** Time of engines over several nodes: their tokens and their power may lie in two racks. */
  private void spanning(Allocation now, long window, long[] parts) {
    for (int i = 0; i < parts.length; i++) {
      String workload = now.shares().get(i).cell().workload();
      if (owners.all().stream()
          .map(owner -> owner.binding)
          .anyMatch(b -> b.getMembers() > 1 && b.getWorkload().equals(workload))) {
        book.machine(window).amounts[NodeMeasure.SPANNING_BOARD_MS.ordinal()] += parts[i];
      }
    }
  }

  private void gap(NodeState.Board board, Allocation now) {
    long window = Window.startOf(atMs);
    now.shares().forEach(s -> book.cell(window, s.cell()).quality |= Quality.GAP.bit());
    book.gpu(window, board.gpu).quality |= Quality.GAP.bit();
  }

  private static String workloads(Allocation now) {
    Set<String> names = new LinkedHashSet<>();
    now.shares().forEach(s -> names.add(s.cell().workload()));
    return String.join(",", names);
  }
}
