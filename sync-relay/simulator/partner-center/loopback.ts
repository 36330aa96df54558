/** Whether a Host header names this machine. Any other name may be a web page that reaches for a local server. */
export function isLoopbackHost(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host ?? "");
}
