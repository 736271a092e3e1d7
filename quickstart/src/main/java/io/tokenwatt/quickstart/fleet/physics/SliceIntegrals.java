package io.tokenwatt.quickstart.fleet.physics;

/**
 * Activity ratio x microseconds, and bytes, of one slice; a reading is the difference of two of
 * these.
 */
final class SliceIntegrals {
  double gr;
  double sm;
  double tensor;
  double dram;
  double nvlink;
  double pcie;

  void add(Activity activity, long us) {
    gr += activity.gr() * us;
    sm += activity.sm() * us;
    tensor += activity.tensor() * us;
    dram += activity.dram() * us;
    nvlink += activity.nvlink() * us;
    pcie += activity.pcie() * us;
  }

  void set(SliceIntegrals other) {
    gr = other.gr;
    sm = other.sm;
    tensor = other.tensor;
    dram = other.dram;
    nvlink = other.nvlink;
    pcie = other.pcie;
  }
}
