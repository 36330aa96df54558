import { allowedCertificateUrl } from "../../../sync-relay/src/adapters/partner-center/certificate-url";
import { isPublicAddress } from "../../../sync-relay/src/adapters/partner-center/public-address";
import { aSignedRequest, aWebhook } from "./signed-request";

const HOST = "3psostorageacct.blob.core.windows.net";
const GOOD = `https://${HOST}/cert/pcnotifications-dispatch.microsoft.com.cer`;
const rules = { hosts: [HOST, `${HOST}:8443`, "127.0.0.1:4711", "[::1]:4711", "10.0.0.5", "169.254.169.254"] };

describe("the address of a certificate", () => {
  test.each([
    ["Microsoft's own", GOOD],
    ["another file name", `https://${HOST}/cert/new-2026_02.cer`],
    ["scheme and host in capitals", `HTTPS://${HOST.toUpperCase()}/cert/a.cer`],
    ["plain http to a listed address of this machine", "http://127.0.0.1:4711/cert/a.cer"],
    ["plain http to a listed IPv6 address of this machine", "http://[::1]:4711/cert/a.cer"],
  ])("[PS6] %s is allowed", (_name, url) => {
    expect(allowedCertificateUrl(url, rules)?.pathname).toMatch(/^\/cert\//);
  });

  const refused: readonly [string, string][] = [
    ["plain http", GOOD.replace("https", "http")],
    ["another scheme", GOOD.replace("https", "ftp")],
    ["a file", "file:///cert/a.cer"],
    ["a data address", "data:application/x-x509-ca-cert;base64,AAAA"],
    ["no scheme", `//${HOST}/cert/a.cer`],
    ["another host", "https://attacker.example/cert/a.cer"],
    ["the listed host as a label of another", `https://${HOST}.attacker.example/cert/a.cer`],
    ["a host that ends like the listed one", `https://x${HOST}/cert/a.cer`],
    ["a subdomain of the listed host", `https://a.${HOST}/cert/a.cer`],
    ["another account of the same store", "https://attacker.blob.core.windows.net/cert/a.cer"],
    ["the listed host with a dot at its end", `https://${HOST}./cert/a.cer`],
    ["the listed host as user name", `https://${HOST}@attacker.example/cert/a.cer`],
    ["the listed host as user name and password", `https://${HOST}:443@attacker.example/cert/a.cer`],
    ["user info before the listed host", `https://user:secret@${HOST}/cert/a.cer`],
    ["an empty user name", `https://@${HOST}/cert/a.cer`],
    ["another port, even a listed one", `https://${HOST}:8443/cert/a.cer`],
    ["the default port written out", `https://${HOST}:443/cert/a.cer`],
    ["a query", `${GOOD}?sv=2020`],
    ["an empty query", `${GOOD}?`],
    ["a fragment", `${GOOD}#x`],
    ["an empty fragment", `${GOOD}#`],
    ["a backslash for the host", `https://attacker.example\\@${HOST}/cert/a.cer`],
    ["backslashes for slashes", `https:\\\\${HOST}\\cert\\a.cer`],
    ["one slash", `https:/${HOST}/cert/a.cer`],
    ["three slashes", `https:///${HOST}/cert/a.cer`],
    ["another folder", `https://${HOST}/other/a.cer`],
    ["a folder below", `https://${HOST}/cert/x/a.cer`],
    ["dot segments", `https://${HOST}/other/../cert/a.cer`],
    ["dot segments at the end", `https://${HOST}/cert/../cert/a.cer`],
    ["escaped dot segments", `https://${HOST}/cert/%2e%2e/a.cer`],
    ["an escaped slash", `https://${HOST}/cert%2Fa.cer`],
    ["a double slash in the path", `https://${HOST}//cert/a.cer`],
    ["another ending", `https://${HOST}/cert/a.pem`],
    ["no file", `https://${HOST}/cert/`],
    ["no path", `https://${HOST}`],
    ["a very long file name", `https://${HOST}/cert/${"a".repeat(81)}.cer`],
    ["a very long address", `https://${HOST}/cert/${"a".repeat(5000)}.cer`],
    ["an escaped host", `https://3psostorageacct%2eblob.core.windows.net/cert/a.cer`],
    ["a host with look-alike letters", `https://3рsostorageacct.blob.core.windows.net/cert/a.cer`],
    ["a host with full-width letters", `https://３psostorageacct.blob.core.windows.net/cert/a.cer`],
    ["a host with an ideographic full stop", `https://3psostorageacct。blob.core.windows.net/cert/a.cer`],
    ["a host with a soft hyphen", `https://3pso\u00adstorageacct.blob.core.windows.net/cert/a.cer`],
    ["a tab in the host", `https://3pso\tstorageacct.blob.core.windows.net/cert/a.cer`],
    ["a line break in the path", `https://${HOST}/cert/a\n.cer`],
    ["a zero byte", `https://${HOST}/cert/a.cer\0`],
    ["two addresses", `${GOOD}, https://attacker.example/cert/a.cer`],
    ["a listed host that is a private address", "https://10.0.0.5/cert/a.cer"],
    ["a listed host that is the metadata address", "https://169.254.169.254/cert/a.cer"],
    ["plain http to a listed private address", "http://10.0.0.5/cert/a.cer"],
    ["this machine with a port that is not listed", "http://127.0.0.1:80/cert/a.cer"],
    ["this machine by name", "http://localhost:4711/cert/a.cer"],
    ["this machine in octal", "http://0177.0.0.1:4711/cert/a.cer"],
    ["this machine in hexadecimal", "http://0x7f000001:4711/cert/a.cer"],
    ["this machine as one number", "http://2130706433:4711/cert/a.cer"],
    ["this machine shortened", "http://127.1:4711/cert/a.cer"],
    ["this machine as mapped IPv6", "http://[::ffff:127.0.0.1]:4711/cert/a.cer"],
    ["this machine in long IPv6", "http://[0:0:0:0:0:0:0:1]:4711/cert/a.cer"],
    ["any address of this machine", "http://0.0.0.0:4711/cert/a.cer"],
    ["an IPv6 address with a zone", "http://[::1%25lo]:4711/cert/a.cer"],
    ["nothing", ""],
    ["a word", "certificate"],
  ];

  test.each(refused)("[PS6] %s is refused", (_name, url) => {
    expect(allowedCertificateUrl(url, rules)).toBeUndefined();
  });

  test.each(refused)("[PS6] a notification with %s as certificate address fetches nothing", async (_name, url) => {
    const { webhook, fetched } = await aWebhook({ certificates: { hosts: rules.hosts } });
    const verified = await webhook.verify(await aSignedRequest({ headers: { "x-ms-certificate-url": url } }));
    expect(verified).toEqual({ kind: "rejected", reason: "certificate-refused" });
    expect(fetched).toEqual([]);
  });

  test("[PS6] another path pattern replaces the default", () => {
    const own = { hosts: [HOST], pathPattern: /^\/keys\/[a-z]+\.crt$/ };
    expect(allowedCertificateUrl(`https://${HOST}/keys/a.crt`, own)).toBeDefined();
    expect(allowedCertificateUrl(GOOD, own)).toBeUndefined();
  });
});

describe("public addresses", () => {
  test.each(["20.60.1.2", "8.8.8.8", "2603:1030:20e:3::23c", "2a01:111:f100::1"])("[PS7] %s is public", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  test.each([
    ...[
      "127.0.0.1",
      "127.255.255.254",
      "0.0.0.0",
      "0.1.2.3",
      "10.0.0.1",
      "172.16.0.1",
      "172.31.255.255",
      "192.168.1.1",
    ],
    ...["100.64.0.1", "169.254.169.254", "168.63.129.16", "192.0.0.1", "192.0.2.1", "192.88.99.1", "198.18.0.1"],
    ...["198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"],
    ...["::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:7f00:1", "64:ff9b::7f00:1"],
    ...["64:ff9b::808:808", "64:ff9b:1::1", "2002:7f00:1::1", "2002:808:808::1", "2001::1", "2001:db8::1", "fc00::1"],
    ...["fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "100::1", "3fff::1", "5f00::1"],
    ...[
      "0177.0.0.1",
      "0x7f.0.0.1",
      "2130706433",
      "127.1",
      "1.2.3",
      "256.1.1.1",
      "1.2.3.4.5",
      "",
      "localhost",
      "::1%lo",
    ],
  ])("[PS7] %s is not public", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});
