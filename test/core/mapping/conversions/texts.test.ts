import { empty, fromCrm, fromReferral, notConvertible, toCrm } from "./read";

describe("text", () => {
  test.each([
    ["  a\r\nb\rc  ", "a\nb\nc"],
    ["✔ Contoso renewal", "Contoso renewal"],
    ["✘ ✔ Contoso", "Contoso"],
    ["Contoso ✔", "Contoso ✔"],
    ["be\u0000l\u0007l", "bell"],
    ["half \ud83d pair", "half \ufffd pair"],
    [42, "42"],
  ])("[CV9] %p is kept as %p", (raw, kept) => {
    expect(fromCrm("text", raw)).toBe(kept);
  });

  test("[CV9] a mark alone is no text", () => {
    expect(fromCrm("text", "✔ ")).toBe(empty);
  });

  test("[CV10] text longer than the limit is cut, never inside a character", () => {
    expect(fromCrm("text", "abcdef", { max: 3 })).toBe("abc");
    expect(fromCrm("text", "ab cd", { max: 3 })).toBe("ab");
    expect(fromCrm("text", "a😀b", { max: 2 })).toBe("a");
  });

  test("[CV9] a structure is no text", () => {
    expect(fromCrm("text", { a: 1 })).toBe(notConvertible);
  });
});

describe("rich text", () => {
  test.each([
    ["<p>Hello <b>world</b></p><p>Bye</p>", "Hello world\nBye"],
    ["a<br>b<br/>c", "a\nb\nc"],
    ["a &lt; b &amp;&nbsp;c &#233; &#x41;", "a < b & c é A"],
    ["<style>p { color: red }</style>x<script>alert(1)</script>y", "xy"],
    ["1 < 2", "1 < 2"],
    ["<!-- note -->kept", "kept"],
    ["&amp;lt;", "&lt;"],
    ["unfinished <b", "unfinished"],
  ])("[CV11] %p reads as %p", (html, plain) => {
    expect(fromCrm("html-to-text", html)).toBe(plain);
  });

  test("[CV11] plain text from Partner Center is written as HTML that reads the same", () => {
    const html = toCrm("html-to-text", "a < b\nc & <d>");
    expect(html).toBe("a &lt; b<br>c &amp; &lt;d&gt;");
    expect(fromCrm("html-to-text", html ?? null)).toBe("a < b\nc & <d>");
    expect(fromReferral("html-to-text", "a < b\nc & <d>")).toBe("a < b\nc & <d>");
  });

  test.each([
    ["open angles", "<a".repeat(200_000)],
    ["open comments", "<!--".repeat(100_000)],
    ["scripts that never end", "<script>".repeat(50_000)],
    ["wrong ends of a script", `<script>${"</s".repeat(100_000)}`],
    ["ampersands", "&".repeat(400_000)],
    ["blanks", `${" ".repeat(400_000)}x`],
    ["marks", `${"✔ ".repeat(200_000)}x`],
  ])("[CV11] hostile markup is read in one pass: %s", (_name, html) => {
    // A quadratic pass over this much takes minutes: the test would run out of time.
    expect(fromCrm("html-to-text", html)).not.toBe(undefined);
  });
});
