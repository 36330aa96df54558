import { generateKeyPairSync } from "node:crypto";
import { runCertificate, type TestCertificate } from "../support/run-certificate";
import { accepted, problemsOf } from "./settings-fixture";

let own: TestCertificate;
let other: TestCertificate;

beforeAll(async () => {
  [own, other] = await Promise.all([runCertificate("relay"), runCertificate("other")]);
});

function messageFor(clientCertificate: string): string {
  const problems = problemsOf({ COSELL_CLIENT_SECRET: undefined, COSELL_CLIENT_CERTIFICATE: clientCertificate });
  expect(problems.map((problem) => problem.name)).toEqual(["COSELL_CLIENT_CERTIFICATE"]);
  return problems[0]?.message ?? "";
}

test("[CF10] a client certificate is taken with its chain and its private key, in any order", () => {
  const text = own.privateKey + own.certificate + other.certificate;
  const settings = accepted({ COSELL_CLIENT_SECRET: undefined, COSELL_CLIENT_CERTIFICATE: text });
  expect(settings.signIn.credential).toEqual({
    kind: "certificate",
    certificates: [own.certificate.trim(), other.certificate.trim()],
    privateKey: own.privateKey.trim(),
  });
});

test("[CF10] a certificate without a usable private key of its own is refused, each with its reason", () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const encrypted = privateKey
    .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" })
    .toString();
  expect(messageFor(own.certificate)).toContain("no readable private key");
  expect(messageFor(own.certificate + other.privateKey)).toContain("of another certificate");
  expect(messageFor(own.certificate + encrypted)).toContain("without a pass phrase");
  expect(messageFor(own.privateKey)).toContain("no readable certificate");
  const broken = own.certificate.slice(0, 200) + "\n-----END CERTIFICATE-----\n";
  expect(messageFor(broken + own.privateKey)).toContain("no readable certificate");
});

test("[CF10] configured anchors replace those of Node, and a broken one is counted out", () => {
  const anchors = own.certificate + other.certificate;
  expect(accepted({ COSELL_CERTIFICATE_ANCHORS: anchors }).partnerCenter.certificate.anchors).toHaveLength(2);
  const broken = own.certificate + other.certificate.replace(/\n.{10}/, "\n");
  expect(problemsOf({ COSELL_CERTIFICATE_ANCHORS: broken })).toEqual([
    { name: "COSELL_CERTIFICATE_ANCHORS", message: expect.stringContaining("broken certificate (number 2)") },
  ]);
});
