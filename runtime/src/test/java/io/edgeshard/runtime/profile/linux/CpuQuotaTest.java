package io.edgeshard.runtime.profile.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CpuQuotaTest {
  @TempDir private Path root;

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text + "\n");
  }

  private void version1(String folder, String quota) throws IOException {
    write("sys/fs/cgroup/" + folder + "/cpu.cfs_quota_us", quota);
    write("sys/fs/cgroup/" + folder + "/cpu.cfs_period_us", "5000");
  }

  @Test
  void cores_version1_isQuotaByPeriod() throws IOException {
    write("proc/self/cgroup", "5:cpuacct:/x\n4:cpu:/nodes/a\n1:cpuset:/");
    version1("cpu/nodes/a", "1250");
    version1("cpu", "-1");
    assertThat(new CpuQuota(root).cores()).hasValue(0.25);
  }

  @Test
  void cores_version1MountedTogether_isQuotaByPeriod() throws IOException {
    write("proc/self/cgroup", "4:cpu,cpuacct:/a");
    version1("cpu,cpuacct/a", "10000");
    assertThat(new CpuQuota(root).cores()).hasValue(2);
  }

  @Test
  void cores_groupAboveIsTighter_isThatOnes() throws IOException {
    write("proc/self/cgroup", "4:cpu:/nodes/a");
    version1("cpu/nodes/a", "5000");
    version1("cpu/nodes", "2500");
    assertThat(new CpuQuota(root).cores()).hasValue(0.5);
  }

  @Test
  void cores_version2_isQuotaByPeriod() throws IOException {
    write("proc/self/cgroup", "0::/nodes/a");
    write("sys/fs/cgroup/nodes/a/cpu.max", "150000 100000");
    write("sys/fs/cgroup/nodes/cpu.max", "max 100000");
    assertThat(new CpuQuota(root).cores()).hasValue(1.5);
  }

  @Test
  void cores_pathOfTheHostInAContainer_isTheMountsOwn() throws IOException {
    write("proc/self/cgroup", "4:cpu:/docker/0123");
    version1("cpu", "2500");
    assertThat(new CpuQuota(root).cores()).hasValue(0.5);
  }

  @Test
  void cores_noLimitOrNotReadable_isEmpty() throws IOException {
    assertThat(new CpuQuota(root).cores()).isEmpty();
    write("proc/self/cgroup", "0::/a\n4:cpu:/a\nnonsense");
    write("sys/fs/cgroup/a/cpu.max", "max 100000");
    version1("cpu/a", "-1");
    assertThat(new CpuQuota(root).cores()).isEmpty();
    write("sys/fs/cgroup/a/cpu.max", "many few");
    assertThat(new CpuQuota(root).cores()).isEmpty();
  }
}
