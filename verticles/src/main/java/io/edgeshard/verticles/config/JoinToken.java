package io.edgeshard.verticles.config;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that the nodes of a cluster share. It never travels: a node proves that it has it by a
 * keyed hash (HMAC-SHA-256, RFC 2104) over what it says of itself.
 */
public final class JoinToken {
  /** What a token looks like, for messages. */
  public static final String EXPECTED =
      "a join token of 32 to 128 letters, digits, '-' or '_', as the first node makes it";

  private static final String ALGORITHM = "HmacSHA256";
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{32,128}");
  private static final int RANDOM_BYTES = 16;

  private final String text;

  private JoinToken(String text) {
    this.text = text;
  }

  /**
   * The token that a person copied.
   *
   * @throws IllegalArgumentException for another form; the text, which may be a secret mistyped, is
   *     not repeated
   */
  public static JoinToken parse(String text) {
    String given = text.strip();
    if (!FORM.matcher(given).matches()) {
      throw new IllegalArgumentException(
          "expected %s, found %d characters that are none".formatted(EXPECTED, given.length()));
    }
    return new JoinToken(given);
  }

  /** A new token of 128 random bits. */
  public static JoinToken random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new JoinToken(HexFormat.of().formatHex(bytes));
  }

  /** A proof that whoever said these words has the token. */
  public String proofOf(List<String> words) {
    return HexFormat.of().formatHex(mac(words));
  }

  /** Whether a proof is of these words and this token. */
  public boolean proves(List<String> words, String proof) {
    byte[] given = proof.getBytes(StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(proofOf(words).getBytes(StandardCharsets.US_ASCII), given);
  }

  /** The token itself, for its file and for the person who copies it; for nothing else. */
  public String reveal() {
    return text;
  }

  /** Not the token, which must not come into a log by accident. */
  @Override
  public String toString() {
    return "JoinToken";
  }

  private byte[] mac(List<String> words) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(text.getBytes(StandardCharsets.US_ASCII), ALGORITHM));
      for (String word : words) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        // Lengths keep the borders: "ab", "c" is not "a", "bc".
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        mac.update(bytes);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("expected HMAC-SHA-256 in every Java", impossible);
    }
  }
}
