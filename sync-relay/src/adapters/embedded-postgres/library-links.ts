import { mkdir, readFile, symlink } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

// npm packages cannot hold symbolic links, so the package makes its library links in an install script. Install scripts
// are often off (`--ignore-scripts`), and then the server does not start. So the links are made here, every time.

/**
 * Makes the links that the package lists; in a folder of our own when the package folder may not be written.
 * Returns the environment that makes the programs find them.
 */
export async function linkLibraries(native: string, dataDir: string): Promise<Readonly<Record<string, string>>> {
  const links = await listedLinks(native);
  if (await makeLinks(links)) return {};
  const own = `${dataDir}.lib`;
  await mkdir(own, { recursive: true, mode: 0o755 });
  await makeLinks(links.map(({ source, target }) => ({ source, target: join(own, basename(target)) })));
  const path = `${own}:${join(native, "lib")}`;
  return process.platform === "darwin" ? { DYLD_LIBRARY_PATH: path } : { LD_LIBRARY_PATH: path };
}

interface Link {
  readonly source: string;
  readonly target: string;
}

async function listedLinks(native: string): Promise<readonly Link[]> {
  const text = await readFile(join(native, "pg-symlinks.json"), "utf8").catch(() => "[]");
  const root = dirname(native);
  const listed = JSON.parse(text) as readonly Link[];
  return listed.map(({ source, target }) => ({ source: resolve(root, source), target: resolve(root, target) }));
}

/** False when the folder may not be written. A link that is already there stays. */
async function makeLinks(links: readonly Link[]): Promise<boolean> {
  for (const { source, target } of links) {
    try {
      await symlink(dirname(source) === dirname(target) ? basename(source) : source, target);
    } catch (thrown) {
      const code = (thrown as NodeJS.ErrnoException).code;
      if (code === "EEXIST") continue;
      if (code === "EACCES" || code === "EPERM" || code === "EROFS") return false;
      throw thrown;
    }
  }
  return true;
}
