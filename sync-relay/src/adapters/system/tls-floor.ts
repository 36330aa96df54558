import tls from "node:tls";

// The least that every connection outwards must offer, whoever opens it: `fetch`, the Dataverse library, the database
// driver. They all take Node's defaults, and options on Node's command line could lower these.

/** Forward secrecy and authenticated encryption only, the strongest first. Both clouds and their stores offer these. */
const CIPHERS = [
  "TLS_AES_256_GCM_SHA384",
  "TLS_CHACHA20_POLY1305_SHA256",
  "TLS_AES_128_GCM_SHA256",
  "ECDHE-ECDSA-AES256-GCM-SHA384",
  "ECDHE-RSA-AES256-GCM-SHA384",
  "ECDHE-ECDSA-CHACHA20-POLY1305",
  "ECDHE-RSA-CHACHA20-POLY1305",
  "ECDHE-ECDSA-AES128-GCM-SHA256",
  "ECDHE-RSA-AES128-GCM-SHA256",
];

/** Holds for every connection that is opened from now on. Called before anything else when a process starts. */
export function raiseTlsFloor(): void {
  tls.DEFAULT_MIN_VERSION = "TLSv1.2";
  tls.DEFAULT_MAX_VERSION = "TLSv1.3";
  tls.DEFAULT_CIPHERS = CIPHERS.join(":");
}
