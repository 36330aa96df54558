import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Copies the programs to a folder that every user may enter, once per version, and returns the copy. */
export async function copyPackage(native: string, place: string): Promise<string> {
  const target = join(place, `postgresql-${await packageVersion(native)}`, "native");
  if ((await stat(target).catch(() => null)) !== null) return target;
  const half = `${dirname(target)}.${process.pid}.tmp`;
  await mkdir(place, { recursive: true, mode: 0o755 });
  await cp(native, join(half, "native"), { recursive: true, verbatimSymlinks: true });
  await openToAll(half);
  await rename(half, dirname(target)).catch(() => rm(half, { recursive: true, force: true }));
  return target;
}

async function packageVersion(native: string): Promise<string> {
  const text = await readFile(join(dirname(native), "package.json"), "utf8");
  return (JSON.parse(text) as { readonly version: string }).version;
}

/** The umask of root may be 077. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, ((await stat(path)).mode & 0o111) === 0 ? 0o644 : 0o755);
  }
}
