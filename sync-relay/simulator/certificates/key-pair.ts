import { KeyObject, sign, webcrypto } from "node:crypto";

/** Smallest RSA modulus a careful receiver accepts, and what Partner Center's sample signature shows (256 bytes). */
export const RSA_BITS = 2048;

/** An RSA key pair of the test authority. */
export interface KeyPair {
  readonly publicKey: webcrypto.CryptoKey;
  readonly privateKey: webcrypto.CryptoKey;
  /** The private key, bound to a hash: pkijs takes the hash from the key and ignores the one it is told. */
  privateKeyFor(hash: "SHA-1" | "SHA-256"): Promise<webcrypto.CryptoKey>;
  /** RSA PKCS#1 v1.5 signature over exactly these bytes. */
  sign(bytes: Uint8Array, hash?: "sha1" | "sha256"): Buffer;
}

export async function createKeyPair(bits: number = RSA_BITS): Promise<KeyPair> {
  const algorithm = {
    name: "RSASSA-PKCS1-v1_5",
    hash: "SHA-256",
    publicExponent: new Uint8Array([1, 0, 1]),
    modulusLength: bits,
  };
  const { publicKey, privateKey } = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const keyObject = KeyObject.from(privateKey);
  const privateKeyFor = async (hash: "SHA-1" | "SHA-256") => {
    const exported = await webcrypto.subtle.exportKey("pkcs8", privateKey);
    return webcrypto.subtle.importKey("pkcs8", exported, { name: algorithm.name, hash }, false, ["sign"]);
  };
  return { publicKey, privateKey, privateKeyFor, sign: (bytes, hash = "sha256") => sign(hash, bytes, keyObject) };
}
