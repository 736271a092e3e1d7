package io.tokenwatt.model.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCatalogueTest {
  private static final ModelCatalogue STANDARD = ModelCatalogue.standard();

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "meta-llama/Llama-3.1-8B-Instruct, llama-3.1-8b-instruct, ''",
        "meta-llama/Meta-Llama-3.1-8B-Instruct, llama-3.1-8b-instruct, ''",
        "meta/llama-3.1-8b-instruct, llama-3.1-8b-instruct, ''",
        "neuralmagic/Meta-Llama-3.1-70B-Instruct-FP8, llama-3.1-70b-instruct, fp8",
        "RedHatAI/Meta-Llama-3.1-8B-Instruct-FP8-dynamic, llama-3.1-8b-instruct, fp8",
        "RedHatAI/Meta-Llama-3.1-8B-Instruct-quantized.w8a8, llama-3.1-8b-instruct, int8",
        "RedHatAI/Llama-3.3-70B-Instruct-quantized.w4a16, llama-3.3-70b-instruct, int4",
        "hugging-quants/Meta-Llama-3.1-70B-Instruct-AWQ-INT4, llama-3.1-70b-instruct, int4",
        "unsloth/Meta-Llama-3.1-8B-Instruct-bnb-4bit, llama-3.1-8b-instruct, int4",
        "nvidia/Llama-3.3-70B-Instruct-NVFP4, llama-3.3-70b-instruct, nvfp4",
        "llama3.1:8b, llama-3.1-8b-instruct, ''",
        "Qwen/Qwen2.5-72B-Instruct-GPTQ-Int8, qwen2.5-72b-instruct, int8",
        "Qwen/Qwen2.5-72B-Instruct-AWQ, qwen2.5-72b-instruct, int4",
        "Qwen/Qwen3-235B-A22B-FP8, qwen3-235b-a22b, fp8",
        "Qwen/Qwen3-0.6B, qwen3-0.6b, ''",
        "deepseek-ai/DeepSeek-R1, deepseek-r1, fp8",
        "deepseek-ai/DeepSeek-R1-0528, deepseek-r1-0528, fp8",
        "deepseek-ai/DeepSeek-V3, deepseek-v3, fp8",
        "nvidia/DeepSeek-R1-0528-FP4-v2, deepseek-r1-0528, nvfp4",
        "unsloth/DeepSeek-V3-bf16, deepseek-v3, bf16",
        "deepseek-ai/DeepSeek-R1-Distill-Llama-70B, deepseek-r1-distill-llama-70b, ''",
        "mistralai/Mixtral-8x7B-Instruct-v0.1, mixtral-8x7b-instruct-v0.1, ''",
        "TheBloke/Mixtral-8x7B-Instruct-v0.1-GPTQ, mixtral-8x7b-instruct-v0.1, int4",
        "openai/gpt-oss-120b, gpt-oss-120b, mxfp4",
        "google/gemma-3-27b-it, gemma-3-27b-it, ''",
        "facebook/opt-125m, opt-125m, ''"
      })
  void servedNamesFindTheirModelAndPrecision(String served, String name, String precision) {
    assertThat(STANDARD.resolve(served)).isEqualTo(new ModelName(name, precision));
  }

  @ParameterizedTest
  @CsvSource({
    "/models/Llama-3.1-8B-Instruct, llama-3.1-8b-instruct",
    "/models/Llama-3.1-8B-Instruct/, llama-3.1-8b-instruct",
    "/models/Llama-3.1-8B-Instruct/snapshots/0e9e39f249a16976918f6564b8830bc894c89659,"
        + " llama-3.1-8b-instruct",
    "/srv/hub/models--meta-llama--Llama-3.1-8B-Instruct/snapshots/0e9e39f, llama-3.1-8b-instruct",
    "/hub/models--gpt2/snapshots/607a30d, gpt2",
    "C:\\models\\Qwen3-0.6B, qwen3-0.6b",
    "s3://bucket/weights/Qwen3-0.6B, qwen3-0.6b",
    "/gguf/Meta-Llama-3.1-8B-Instruct-Q4_K_M.gguf, llama-3.1-8b-instruct"
  })
  void pathsAndCachesAreSeenThrough(String served, String name) {
    assertThat(STANDARD.resolve(served).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "acme/Secret-Sauce-7B, secret-sauce-7b, ''",
    "My-Model-FP8, my-model, fp8",
    "-fp8, -fp8, ''",
    "snapshots, snapshots, ''",
    "'', '', ''",
    "/, '', ''"
  })
  void unknownModelsKeepTheirOwnNameInLowerCase(String served, String name, String precision) {
    assertThat(STANDARD.resolve(served)).isEqualTo(new ModelName(name, precision));
  }

  @Test
  void resolvingACanonicalNameChangesNothing() {
    for (String name : new String[] {"llama-3.1-8b-instruct", "deepseek-r1", "gpt-oss-20b"}) {
      assertThat(STANDARD.resolve(name).name()).isEqualTo(name);
    }
  }

  @Test
  void aUsersRowsComeFirst(@TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("models.csv"),
            """
            kind,pattern,name,precision
            alias,Prod-FP8,llama-3.1-70b-instruct,w4a8
            alias,acme/chat,qwen3-32b,
            alias,deepseek-r1,our-r1,
            suffix,-turbo,,fp8
            """);
    ModelCatalogue ours = STANDARD.withOverrides(file);
    assertThat(ours.resolve("prod-fp8")).isEqualTo(new ModelName("llama-3.1-70b-instruct", "w4a8"));
    assertThat(ours.resolve("acme/chat")).isEqualTo(new ModelName("qwen3-32b", ""));
    assertThat(ours.resolve("other/chat")).isEqualTo(new ModelName("chat", ""));
    assertThat(ours.resolve("x/DeepSeek-R1-FP8")).isEqualTo(new ModelName("our-r1", "fp8"));
    assertThat(ours.resolve("Qwen3-32B-turbo")).isEqualTo(new ModelName("qwen3-32b", "fp8"));
    assertThat(STANDARD.resolve("acme/chat")).isEqualTo(new ModelName("chat", ""));
  }

  @Test
  void everyBadRowIsNamedWithFileAndLine(@TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("mine.csv"),
            """
            kind,pattern,name,precision
            nickname,a,b,
            alias,a-*-*,b,
            alias,a,b-*,
            alias,a,,
            suffix,-x,name,fp8
            suffix,,,fp8
            """);
    assertThatThrownBy(() -> STANDARD.withOverrides(file))
        .isInstanceOf(CatalogueException.class)
        .message()
        .satisfies(message -> assertThat(message.lines()).hasSize(6))
        .contains(
            file + ":2: kind 'nickname' is neither suffix nor alias",
            file + ":3: alias 'a-*-*' -> 'b': at most one *",
            file + ":4: alias 'a' -> 'b-*': at most one *",
            file + ":5: an alias needs a pattern and a name",
            file + ":6: a suffix row has no name",
            file + ":7: a suffix needs an ending");
  }
}
