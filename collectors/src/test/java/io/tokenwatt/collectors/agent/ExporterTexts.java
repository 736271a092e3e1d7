package io.tokenwatt.collectors.agent;

/** Small expositions as exporters write them. */
final class ExporterTexts {
  private ExporterTexts() {}

  static String dcgm(long energyMillijoules, double watts) {
    String labels =
        "gpu=\"%d\",UUID=\"GPU-%d1111111-2222-3333-4444-555555555555\",device=\"nvidia%d\","
            + "modelName=\"NVIDIA H100 80GB HBM3\",Hostname=\"n1\",DCGM_FI_DRIVER_VERSION=\"580.95\"";
    StringBuilder text = new StringBuilder();
    text.append("# HELP DCGM_FI_DEV_POWER_USAGE Power draw (in W).\n");
    text.append("# TYPE DCGM_FI_DEV_POWER_USAGE gauge\n");
    for (int gpu = 0; gpu < 2; gpu++) {
      String of = labels.formatted(gpu, gpu, gpu);
      text.append("DCGM_FI_DEV_POWER_USAGE{%s} %f\n".formatted(of, watts));
    }
    text.append("# TYPE DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION counter\n");
    for (int gpu = 0; gpu < 2; gpu++) {
      String of = labels.formatted(gpu, gpu, gpu);
      text.append("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION{%s} %d\n".formatted(of, energyMillijoules));
    }
    return text.toString();
  }

  static String vllm(String model, long outputTokens) {
    return """
        # TYPE vllm:num_requests_running gauge
        vllm:num_requests_running{engine="0",model_name="%1$s"} 3.0
        # TYPE vllm:num_requests_waiting gauge
        vllm:num_requests_waiting{engine="0",model_name="%1$s"} 0.0
        # TYPE vllm:prompt_tokens_total counter
        vllm:prompt_tokens_total{engine="0",model_name="%1$s"} 9000.0
        # TYPE vllm:generation_tokens_total counter
        vllm:generation_tokens_total{engine="0",model_name="%1$s"} %2$d
        """
        .formatted(model, outputTokens);
  }
}
