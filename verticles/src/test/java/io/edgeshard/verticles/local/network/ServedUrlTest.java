package io.edgeshard.verticles.local.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServedUrlTest {
  @Test
  void forOthers_clusterAndServerOnOneNetwork_isTheServers() {
    assertThat(ServedUrl.forOthers("192.0.2.1", "192.0.2.1", 80)).contains("http://192.0.2.1:80");
    assertThat(ServedUrl.forOthers("127.0.0.1", "127.0.0.1", 80)).contains("http://127.0.0.1:80");
  }

  @Test
  void forOthers_serverOnEveryAddress_isTheOneTheyKnow() {
    assertThat(ServedUrl.forOthers("192.0.2.1", "0.0.0.0", 80)).contains("http://192.0.2.1:80");
  }

  @Test
  void forOthers_serverForThisMachineOfAnOpenCluster_isNotTold() {
    assertThat(ServedUrl.forOthers("192.0.2.1", "127.0.0.1", 80)).isEmpty();
  }
}
