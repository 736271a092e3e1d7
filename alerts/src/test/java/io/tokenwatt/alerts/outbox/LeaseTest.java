package io.tokenwatt.alerts.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenwatt.alerts.RunDatabase;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeaseTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final int RIVALS = 6;

  private Store store;

  @BeforeEach
  void open() {
    StoreConfig config = RunDatabase.fresh();
    store = new Store(config);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void ofManyWhoAskAtOnceOneGetsItRoundAfterRound() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(RIVALS);
    for (int round = 1; round <= 5; round++) {
      List<Lease> rivals = new ArrayList<>();
      List<Callable<Boolean>> asks = new ArrayList<>();
      for (int i = 0; i < RIVALS; i++) {
        Lease lease = new Lease(store, "rival-" + i, LONG);
        rivals.add(lease);
        asks.add(lease::acquire);
      }
      Lease winner = null;
      int winners = 0;
      List<Future<Boolean>> answers = threads.invokeAll(asks);
      for (int i = 0; i < RIVALS; i++) {
        if (answers.get(i).get()) {
          winner = rivals.get(i);
          winners++;
        }
      }
      assertThat(winners).as("round %s", round).isEqualTo(1);
      assertThat(winner.generation()).isEqualTo(round);
      assertThat(rivals.stream().filter(Lease::confirm).toList()).containsExactly(winner);
      winner.release();
    }
    threads.shutdown();
  }

  @Test
  void itOutlivesItsHolderByItsTimeAndThenSomebodyElseTakesIt() throws InterruptedException {
    Lease first = new Lease(store, "first", Duration.ofMillis(1500));
    Lease second = new Lease(store, "second", LONG);
    assertThat(first.acquire()).isTrue();
    boolean taken = second.acquire();
    if (first.remaining().compareTo(Duration.ZERO) > 0) {
      assertThat(taken).as("while it is held").isFalse();
    }
    if (!taken) {
      await().atMost(Duration.ofSeconds(120)).until(second::acquire);
    }
    assertThat(first.remaining()).isNegative();
    assertThat(first.confirm()).isFalse();
    assertThat(first.renew()).as("what is lost cannot be renewed").isFalse();
    assertThat(second.confirm()).isTrue();
    assertThat(second.generation()).isEqualTo(first.generation() + 1);
  }

  @Test
  void renewingItKeepsItAndReleasingItLetsItGoAtOnce() throws InterruptedException {
    Lease first = new Lease(store, "first", Duration.ofSeconds(8));
    Lease second = new Lease(store, "second", LONG);
    assertThat(first.acquire()).isTrue();
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (System.nanoTime() < end) {
      assertThat(first.renew()).isTrue();
      assertThat(second.acquire()).isFalse();
    }
    first.release();
    assertThat(second.acquire()).isTrue();
  }

  @Test
  void whoeverEndsWhileAskingLetsItGoAtOnce() throws InterruptedException {
    CountDownLatch closing = new CountDownLatch(1);
    closing.countDown();
    Lease first = new Lease(store, "first", LONG);
    assertThat(first.acquire(closing)).isFalse();
    assertThat(first.confirm()).isFalse();
    assertThat(new Lease(store, "second", LONG).acquire()).isTrue();
  }
}
