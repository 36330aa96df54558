import { allowedCertificateUrl } from "../../../sync-relay/src/adapters/partner-center/certificate-url";
import { isPublicAddress } from "../../../sync-relay/src/adapters/partner-center/public-address";
import { GOOD_ADDRESS as GOOD, LISTED_HOST as HOST, LISTED_HOSTS, refusedAddresses } from "./address-vectors";

const rules = { hosts: LISTED_HOSTS };

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

  test.each(refusedAddresses)("[PS6] %s is refused", (_name, url) => {
    expect(allowedCertificateUrl(url, rules)).toBeUndefined();
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
