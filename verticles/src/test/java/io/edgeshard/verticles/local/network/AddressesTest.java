package io.edgeshard.verticles.local.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.verticles.config.NodeConfig;
import io.edgeshard.verticles.settings.SettingsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
  @ParameterizedTest
  @CsvSource({
    "192.168.1.10,192.168.1.10,5701",
    "pi.local:6000,pi.local,6000",
    "[fe80::1]:5701,fe80::1,5701",
    "[::1],::1,5701"
  })
  void parse_hostAndPort_isRead(String text, String host, int port) {
    assertThat(Addresses.parse(text)).isEqualTo(new NodeConfig.Address(host, port));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a:b", "host:70000", "host:0", "http://host", ":5701", "host:-1"})
  void parse_anythingElse_isRefusedWithExamples(String text) {
    assertThatThrownBy(() -> Addresses.parse(text))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("such as 192.168.1.10 or pi.local:5701, found '" + text + "'");
  }

  @Test
  void resolve_unknownHost_saysSo() {
    assertThatThrownBy(() -> Addresses.resolve("no-such-host.invalid"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("found 'no-such-host.invalid', which this machine cannot resolve");
  }

  @Test
  void towards_loopback_isLoopback() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();

    assertThat(OwnAddress.towards(loopback, 5701)).contains(loopback);
  }

  @Test
  void towards_ownOutsideAddress_isAnAddressOfThisMachine() {
    assertThat(OwnAddress.reachable())
        .allSatisfy(
            own ->
                assertThat(OwnAddress.towards(own, 5701))
                    .hasValueSatisfying(found -> assertThat(OwnAddress.isOwn(found)).isTrue()));
  }

  @Test
  void nodeName_reachableByOthers_endsLikeItsAddress() throws IOException {
    assertThat(HostName.nodeName(InetAddress.getByName("10.0.0.42"))).endsWith("-42");
    assertThat(HostName.nodeName(InetAddress.getByName("fd00::2a"))).endsWith("-2a");
    assertThat(HostName.nodeName(InetAddress.getLoopbackAddress()))
        .matches("[A-Za-z0-9][A-Za-z0-9_-]*");
  }

  @Test
  void preferring_takenPort_isAnother() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket other = new ServerSocket()) {
      other.bind(new InetSocketAddress(loopback, 0));
      int used = other.getLocalPort();

      assertThat(Ports.isFree(loopback, used)).isFalse();
      assertThat(Ports.obstacle(loopback, used)).contains("it in use");
      assertThat(Ports.preferring(used, loopback, Set.of())).isNotEqualTo(used);
      assertThat(Ports.accepts(loopback, used, Duration.ofSeconds(1))).isTrue();
    }
  }

  @Test
  void await_nobodyThere_endsAtTheLimit() throws IOException {
    int port = Ports.anyFree(InetAddress.getLoopbackAddress());
    NodeConfig.Address nobody = new NodeConfig.Address("127.0.0.1", port);

    assertThat(Reachability.await(nobody, Duration.ofMillis(150))).isFalse();
  }

  @Test
  void of_wildcard_isAskedOnLoopback() {
    assertThat(ServedUrl.of("0.0.0.0", 8080)).isEqualTo("http://127.0.0.1:8080");
    assertThat(ServedUrl.of("::1", 8080)).isEqualTo("http://[::1]:8080");
  }
}
