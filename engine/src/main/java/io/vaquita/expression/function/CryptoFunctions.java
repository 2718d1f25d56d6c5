package io.vaquita.expression.function;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Expression.Dependence;
import io.vaquita.expression.TextTypes;
import io.vaquita.expression.function.Calls.Head;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.conversion.Values;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** MD5, SHA2, AES_ENCRYPT and their like. Stateless but for the source of random bytes, which is thread-safe. */
final class CryptoFunctions {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int RANDOM_BYTES_MAX = 1024;
  private static final int AES_BLOCK = 16;

  private CryptoFunctions() {}

  static void register() {
    Registry.add("md5", 1, (n, a, s) -> digest("md5", "MD5", 32, a, s));
    Registry.add("sha", 1, (n, a, s) -> digest("sha", "SHA-1", 40, a, s));
    Registry.add("sha1", 1, (n, a, s) -> digest("sha", "SHA-1", 40, a, s));
    Registry.add("sha2", 2, CryptoFunctions::sha2);
    Registry.add("random_bytes", 1, CryptoFunctions::randomBytes);
    Registry.add("aes_encrypt", 2, 6, (n, a, s) -> aes(n, a, true));
    Registry.add("aes_decrypt", 2, 6, (n, a, s) -> aes(n, a, false));
    Registry.add(
        "validate_password_strength",
        1,
        (n, a, s) ->
            Calls.ofLong(
                Head.of(n, a),
                Types.INTEGER,
                (f, x) -> {
                  x[0].evaluateBytes(f);
                  return 0;
                }));
  }

  private static byte[] hash(String algorithm, Expression e, Slice value) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      Slice bytes = Types.encoded(e, value);
      digest.update(bytes.array(), bytes.offset(), bytes.length());
      return digest.digest();
    } catch (GeneralSecurityException e2) {
      throw new IllegalStateException(e2);
    }
  }

  private static Expression digest(
      String name, String algorithm, int width, List<Expression> a, BindSettings settings) {
    return StringFunctions.ascii(
        Head.of(name, a),
        width,
        settings,
        (f, x) -> {
          Slice v = x[0].evaluateBytes(f);
          return v == null ? null : Slice.utf8(HexFormat.of().formatHex(hash(algorithm, x[0], v)));
        });
  }

  private static Expression sha2(String name, List<Expression> a, BindSettings settings) {
    return StringFunctions.ascii(
        Head.of(name, a),
        128,
        settings,
        (f, x) -> {
          Slice v = x[0].evaluateBytes(f);
          if (v == null) {
            return null;
          }
          long bits = x[1].evaluateLong(f);
          if (f.isNull) {
            return null;
          }
          if (bits != 0 && bits != 224 && bits != 256 && bits != 384 && bits != 512) {
            f.statement.warn(MySqlError.ER_WRONG_PARAMETERS_TO_NATIVE_FCT, name);
            return null;
          }
          String algorithm = "SHA-" + (bits == 0 ? 256 : bits);
          return Slice.utf8(HexFormat.of().formatHex(hash(algorithm, x[0], v)));
        });
  }

  private static Expression randomBytes(String name, List<Expression> a, BindSettings settings) {
    return Calls.ofText(
        Head.of(name, a).depending(Dependence.EVALUATION),
        DataType.varbinary(RANDOM_BYTES_MAX),
        (f, x) -> {
          long n = x[0].evaluateLong(f);
          if (f.isNull) {
            return null;
          }
          if (n < 1 || n > RANDOM_BYTES_MAX) {
            throw MySqlError.ER_DATA_OUT_OF_RANGE.exception("length", name);
          }
          byte[] bytes = new byte[(int) n];
          RANDOM.nextBytes(bytes);
          return Slice.of(bytes);
        });
  }

  private static Expression aes(String name, List<Expression> a, boolean encrypt) {
    if (a.size() > 3) {
      throw MySqlError.ER_NOT_SUPPORTED_YET.exception("key derivation functions of AES_ENCRYPT");
    }
    long length = Types.characters(a.getFirst()) * 4;
    long width = encrypt ? (length / AES_BLOCK + 1) * AES_BLOCK : length;
    return Calls.ofText(
        Head.of(name, a).depending(Dependence.STATEMENT),
        TextTypes.of(width, Collations.BINARY),
        (f, x) -> {
          Slice text = x[0].evaluateBytes(f);
          if (text == null) {
            return null;
          }
          Slice key = x[1].evaluateBytes(f);
          if (key == null) {
            return null;
          }
          String mode =
              Values.text(f.statement.systemVariable(null, "block_encryption_mode"))
                  .toLowerCase(Locale.ROOT);
          Slice vector = x.length > 2 ? x[2].evaluateBytes(f) : null;
          return crypt(
              Types.encoded(x[0], text), Types.encoded(x[1], key), mode, vector, encrypt, name);
        });
  }

  /** {@code mode}: such as aes-128-ecb. */
  private static @Nullable Slice crypt(
      Slice text, Slice key, String mode, @Nullable Slice vector, boolean encrypt, String name) {
    String[] parts = mode.split("-");
    int keyBytes = Integer.parseInt(parts[1]) / 8;
    String chaining = parts[2].toUpperCase(Locale.ROOT);
    boolean needsVector = !chaining.equals("ECB");
    if (needsVector && (vector == null || vector.length() < AES_BLOCK)) {
      throw vector == null
          ? MySqlError.ER_WRONG_PARAMCOUNT_TO_NATIVE_FCT.exception(name)
          : MySqlError.ER_WRONG_ARGUMENTS.exception(name);
    }
    boolean streams = !chaining.equals("ECB") && !chaining.equals("CBC");
    try {
      Cipher cipher =
          Cipher.getInstance("AES/" + chaining + (streams ? "/NoPadding" : "/PKCS5Padding"));
      SecretKeySpec secret = new SecretKeySpec(fold(key, keyBytes), "AES");
      int direction = encrypt ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
      if (needsVector && vector != null) {
        cipher.init(
            direction, secret, new IvParameterSpec(Arrays.copyOf(vector.toBytes(), AES_BLOCK)));
      } else {
        cipher.init(direction, secret);
      }
      return Slice.of(cipher.doFinal(text.array(), text.offset(), text.length()));
    } catch (GeneralSecurityException e) {
      return null;
    }
  }

  /** MySQL's key: the bytes are XORed round and round into its length. */
  private static byte[] fold(Slice key, int length) {
    byte[] out = new byte[length];
    for (int i = 0; i < key.length(); i++) {
      out[i % length] ^= key.byteAt(i);
    }
    return out;
  }
}
