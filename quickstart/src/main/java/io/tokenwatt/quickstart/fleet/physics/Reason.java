package io.tokenwatt.quickstart.fleet.physics;

/** NVML's clock event reasons, as bits. */
final class Reason {
  static final long IDLE = 0x1;
  static final long CLOCKS_SETTING = 0x2;
  static final long POWER_CAP = 0x4;
  static final long HW_SLOWDOWN = 0x8;
  static final long SW_THERMAL = 0x20;
  static final long POWER_BRAKE = 0x80;

  private Reason() {}
}
